import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** As near to the end as this counts as being there, in pixels. */
const NEAR_END_PX = 48;
const NEAR_TOP_PX = 200;

export interface EndScrollOptions {
  readonly isHeld: boolean;
  readonly firstId: string | undefined;
  readonly lastId: string | undefined;
  readonly onNearTop: () => void;
}

export interface EndScroll {
  readonly ref: RefObject<HTMLOListElement | null>;
  readonly onScroll: () => void;
  readonly toEnd: () => void;
}

/** True while the reader has scrolled back. Kept apart, since whoever holds the list must know before it is drawn. */
export function useAway() {
  const [isAway, setAway] = useState(false);
  return { isAway, setAway };
}

/**
 * Keeps a list at its end while it runs along. While it is held, every row keeps its place on the screen, also when
 * older rows are drawn above it or when the list itself becomes lower or higher.
 */
export function useEndScroll(options: EndScrollOptions, setAway: (isAway: boolean) => void): EndScroll {
  const { isHeld, firstId, lastId, onNearTop } = options;
  const ref = useRef<HTMLOListElement>(null);
  const before = useRef({ firstId, scrollHeight: 0 });
  const held = useRef(isHeld);
  held.current = isHeld;
  const toEnd = useCallback(() => {
    const list = ref.current;
    if (list !== null) list.scrollTop = list.scrollHeight;
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another first or last row is the reason to scroll
  useLayoutEffect(() => {
    const list = ref.current;
    if (list === null) return;
    if (!isHeld) toEnd();
    else if (before.current.firstId !== firstId) {
      list.scrollTop += list.scrollHeight - before.current.scrollHeight;
    }
    before.current = { firstId, scrollHeight: list.scrollHeight };
  }, [isHeld, firstId, lastId, toEnd]);
  useEffect(() => {
    const list = ref.current;
    if (list === null) return;
    let height = list.clientHeight;
    const observer = new ResizeObserver(() => {
      if (held.current) list.scrollTop += height - list.clientHeight;
      else toEnd();
      height = list.clientHeight;
    });
    observer.observe(list);
    return () => observer.disconnect();
  }, [toEnd]);
  const onScroll = (): void => {
    const list = ref.current;
    if (list === null) return;
    setAway(list.scrollHeight - list.scrollTop - list.clientHeight > NEAR_END_PX);
    if (isHeld && list.scrollTop < NEAR_TOP_PX) onNearTop();
  };
  return { ref, onScroll, toEnd };
}
