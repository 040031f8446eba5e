import {
  type MouseEvent,
  type PointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';

/** A mouse that has not moved for so long is not about to press; a finger reads before it presses again. */
const AT_REST_AFTER_MS = { mouse: 1_500, finger: 4_000 } as const;
/** Nobody can have aimed at what has been in its place for less. */
const AIM_MS = 200;

export interface PointerHold {
  /** True while somebody is about to press something in the element. */
  readonly isHeld: boolean;
  readonly handlers: {
    onPointerMove(event: PointerEvent): void;
    onPointerDownCapture(event: PointerEvent): void;
    onClickCapture(event: MouseEvent): void;
    onPointerLeave(event: PointerEvent): void;
    onWheel(event: MouseEvent): void;
  };
  /** Lets go at once. */
  release(): void;
}

/**
 * Notices a pointer that moves over an element, so that what it is about to press can stand still. `movedAt`: when its
 * parts were moved last, on the clock of `performance.now()`; a press too soon after that meets what nobody aimed at,
 * and does no more than hold the element still.
 */
export function usePointerHold(movedAt?: RefObject<number>): PointerHold {
  const [isHeld, setHeld] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const place = useRef({ x: -1, y: -1 });
  const isBlind = useRef(false);
  const touch = useCallback((pointer: keyof typeof AT_REST_AFTER_MS) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setHeld(false), AT_REST_AFTER_MS[pointer]);
    setHeld(true);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  const release = useCallback(() => {
    clearTimeout(timer.current);
    setHeld(false);
  }, []);
  const onPointerMove = useCallback(
    ({ clientX, clientY, pointerType }: PointerEvent) => {
      // Browsers report a move, too, when the page moves under a pointer that rests.
      if (place.current.x === clientX && place.current.y === clientY) return;
      place.current = { x: clientX, y: clientY };
      touch(kindOf(pointerType));
    },
    [touch],
  );
  const onPointerDownCapture = useCallback(
    ({ timeStamp, pointerType }: PointerEvent) => {
      isBlind.current = movedAt !== undefined && timeStamp - movedAt.current < AIM_MS;
      touch(kindOf(pointerType));
    },
    [touch, movedAt],
  );
  const onClickCapture = useCallback((event: MouseEvent) => {
    // A key presses without aiming.
    if (!isBlind.current || event.detail === 0) return;
    isBlind.current = false;
    event.preventDefault();
    event.stopPropagation();
  }, []);
  const onPointerLeave = useCallback(
    ({ pointerType }: PointerEvent) => {
      if (pointerType === 'mouse') release();
    },
    [release],
  );
  const onWheel = useCallback(() => touch('mouse'), [touch]);
  const handlers = { onPointerMove, onPointerDownCapture, onClickCapture, onPointerLeave, onWheel };
  return { isHeld, handlers, release };
}

function kindOf(pointerType: string): keyof typeof AT_REST_AFTER_MS {
  return pointerType === 'mouse' ? 'mouse' : 'finger';
}
