import { useRef } from 'react';
import { keepPlaces, type Placed, placed, type Waiting } from './waiting.ts';

/** The rows of what waits. Those that are drawn keep their places while `isHeld`, or while the same one is chosen. */
export function usePlaced(
  present: readonly Waiting[],
  isHeld: boolean,
  chosenKey: string | undefined,
): readonly Placed[] {
  const drawn = useRef<{ rows: readonly Placed[]; chosenKey: string | undefined }>({
    rows: [],
    chosenKey: undefined,
  });
  const isSameChoice = chosenKey !== undefined && drawn.current.chosenKey === chosenKey;
  const rows = isHeld || isSameChoice ? keepPlaces(drawn.current.rows, present) : placed(present);
  drawn.current = { rows, chosenKey };
  return rows;
}
