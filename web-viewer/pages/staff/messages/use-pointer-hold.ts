import { type PointerEvent, useCallback, useEffect, useRef, useState } from 'react';

/** A pointer that has not moved for so long is not about to press. */
const AT_REST_AFTER_MS = 1_500;

export interface PointerHold {
  /** True while somebody is about to press something in the element. */
  readonly isHeld: boolean;
  readonly handlers: {
    onPointerMove(event: PointerEvent): void;
    onPointerDown(event: PointerEvent): void;
    onPointerLeave(event: PointerEvent): void;
    onWheel(): void;
  };
}

/** Notices a pointer that moves over an element, so that what it is about to press can stand still. */
export function usePointerHold(): PointerHold {
  const [isHeld, setHeld] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const place = useRef({ x: -1, y: -1 });
  const touch = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setHeld(false), AT_REST_AFTER_MS);
    setHeld(true);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  const onPointerMove = useCallback(
    ({ clientX, clientY }: PointerEvent) => {
      // Browsers report a move, too, when the page moves under a pointer that rests.
      if (place.current.x === clientX && place.current.y === clientY) return;
      place.current = { x: clientX, y: clientY };
      touch();
    },
    [touch],
  );
  const onPointerLeave = useCallback(({ pointerType }: PointerEvent) => {
    if (pointerType !== 'mouse') return;
    clearTimeout(timer.current);
    setHeld(false);
  }, []);
  return { isHeld, handlers: { onPointerMove, onPointerDown: touch, onPointerLeave, onWheel: touch } };
}
