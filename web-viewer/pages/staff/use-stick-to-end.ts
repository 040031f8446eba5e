import { type RefObject, useEffect, useRef, useState } from 'react';

/** As near to the end as this counts as being there, in pixels. */
const NEAR_END_PX = 48;

export interface StickToEnd {
  readonly ref: RefObject<HTMLOListElement | null>;
  /** True while the reader has scrolled back: new lines then do not move what is being read. */
  readonly isAway: boolean;
  onScroll(): void;
  toEnd(): void;
}

/** Keeps a list scrolled to its newest line (`last`), unless the reader has scrolled back. */
export function useStickToEnd(last: string | undefined): StickToEnd {
  const ref = useRef<HTMLOListElement>(null);
  const [isAway, setAway] = useState(false);
  const away = useRef(false);
  const toEnd = (): void => {
    const list = ref.current;
    if (list !== null) list.scrollTop = list.scrollHeight;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new last line is the reason to scroll
  useEffect(() => {
    if (!away.current) toEnd();
  }, [last]);
  const onScroll = (): void => {
    const list = ref.current;
    if (list === null) return;
    away.current = list.scrollHeight - list.scrollTop - list.clientHeight > NEAR_END_PX;
    setAway(away.current);
  };
  return { ref, isAway, onScroll, toEnd };
}
