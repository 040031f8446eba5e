import { useLayoutEffect, useRef, useState } from 'react';

/**
 * A home for something that changes its place on the page without being made anew, drawn into it by a portal: a video
 * that is moved within one drawing of the page plays on.
 */
export function useMovable(): HTMLElement {
  const [home] = useState(() => {
    const element = document.createElement('div');
    element.className = 'contents';
    return element;
  });
  return home;
}

/** Where the home stands now. */
export function MovablePlace({ home }: { home: HTMLElement }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => place.current?.append(home), [home]);
  return <div ref={place} className="contents" />;
}
