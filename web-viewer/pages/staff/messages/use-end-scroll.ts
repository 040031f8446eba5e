import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** As near to the end as this counts as being there, in pixels. */
const NEAR_END_PX = 48;
/** More rows are drawn when an edge of those that are is as near as this. */
const NEAR_EDGE_PX = 400;

export interface EndScrollOptions {
  readonly isHeld: boolean;
  readonly firstId: string | undefined;
  readonly lastId: string | undefined;
  readonly onNearTop: () => void;
  /** While held; called again after each drawing as long as it is so. */
  readonly onNearBottom: () => void;
  /** Kept: when the rows were moved last, on the clock of `performance.now()`. */
  readonly movedAt: RefObject<number>;
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
 * older rows are drawn above it or when the list itself begins lower or higher.
 */
export function useEndScroll(options: EndScrollOptions, setAway: (isAway: boolean) => void): EndScroll {
  const { isHeld, firstId, lastId, onNearTop, onNearBottom, movedAt } = options;
  const ref = useRef<HTMLOListElement>(null);
  const before = useRef({ firstId, lastId, scrollHeight: 0 });
  const held = useRef(isHeld);
  held.current = isHeld;
  const toEnd = useCallback(() => {
    const list = ref.current;
    if (list !== null) list.scrollTop = list.scrollHeight;
  }, []);
  useLayoutEffect(() => {
    const list = ref.current;
    const { current: past } = before;
    if (list === null) return;
    if (!isHeld) {
      if (past.firstId !== firstId || past.lastId !== lastId) movedAt.current = performance.now();
      toEnd();
    } else if (past.firstId !== firstId) list.scrollTop += list.scrollHeight - past.scrollHeight;
    before.current = { firstId, lastId, scrollHeight: list.scrollHeight };
  }, [isHeld, firstId, lastId, toEnd, movedAt]);
  useKeptPlace(ref, held, toEnd);
  useLayoutEffect(() => {
    if (isHeld && restBelow(ref.current) < NEAR_EDGE_PX) onNearBottom();
  });
  const onScroll = (): void => {
    const list = ref.current;
    if (list === null) return;
    setAway(restBelow(list) > NEAR_END_PX);
    if (!isHeld) return;
    if (list.scrollTop < NEAR_EDGE_PX) onNearTop();
    if (restBelow(list) < NEAR_EDGE_PX) onNearBottom();
  };
  return { ref, onScroll, toEnd };
}

function restBelow(list: HTMLElement | null): number {
  return list === null ? 0 : list.scrollHeight - list.scrollTop - list.clientHeight;
}

/** Rows stay where they are on the screen when what stands above the list takes more room, or less. */
function useKeptPlace(ref: RefObject<HTMLElement | null>, held: RefObject<boolean>, toEnd: () => void): void {
  useEffect(() => {
    const list = ref.current;
    if (list === null) return;
    let { top } = list.getBoundingClientRect();
    const observer = new ResizeObserver(() => {
      const now = list.getBoundingClientRect().top;
      if (held.current) list.scrollTop += now - top;
      else toEnd();
      top = now;
    });
    observer.observe(list);
    return () => observer.disconnect();
  }, [ref, held, toEnd]);
}
