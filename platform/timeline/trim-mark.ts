import { BEGINNING, compareEntryIds } from '@souk/protocol/timeline/entries';

/**
 * Up to where a timeline of this epoch was trimmed, as its mark says; `BEGINNING` when it was not.
 * The mark of another epoch says nothing.
 */
export function readTrimMark(mark: string | null | undefined, epoch: string | undefined): string {
  const cut = mark?.lastIndexOf('/') ?? -1;
  if (mark === null || mark === undefined || cut < 0 || mark.slice(0, cut) !== epoch) return BEGINNING;
  return mark.slice(cut + 1);
}

/** True when entries after this id are in the stream no more: whoever goes on from there misses some. */
export function isBehind(after: string, trimmedTo: string): boolean {
  return compareEntryIds(after, trimmedTo) < 0;
}
