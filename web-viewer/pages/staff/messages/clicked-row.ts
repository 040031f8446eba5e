import type { MouseEvent } from 'react';

/** The key of the row that was clicked; undefined beside the rows, and on a button in one: that acts, and chooses nothing. */
export function clickedRow({ target }: MouseEvent): string | undefined {
  if (!(target instanceof Element)) return undefined;
  return target.closest<HTMLElement>('button, [data-row]')?.dataset['row'];
}
