import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

const NEAR_END_PX = 40;

export interface FollowingEnd<Element extends HTMLElement> {
  readonly ref: RefObject<Element | null>;
  /** False while the reader has scrolled back: new lines then wait. */
  readonly isAtEnd: boolean;
  onScroll(): void;
  toEnd(): void;
}

/** Keeps a growing list at its end, unless the reader has moved away from it. */
export function useFollowingEnd<Element extends HTMLElement>(
  lastKey: string | undefined,
): FollowingEnd<Element> {
  const ref = useRef<Element>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const toEnd = useCallback(() => {
    const element = ref.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
    setAtEnd(true);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new last line is the reason to scroll
  useEffect(() => {
    if (isAtEnd) toEnd();
  }, [lastKey, isAtEnd, toEnd]);
  const onScroll = () => {
    const element = ref.current;
    if (element === null) return;
    setAtEnd(element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX);
  };
  return { ref, isAtEnd, onScroll, toEnd };
}
