import type { EntryType } from './entries.ts';

/**
 * What belongs to what the host shows: pins, prices, and that a sale is on. It is told without delay, and shown when the
 * picture of its instant is; everything else is shown when it comes.
 */
export const inStepTypes: ReadonlySet<EntryType> = new Set<EntryType>([
  'product:pinned',
  'product:unpinned',
  'coupon:pinned',
  'coupon:unpinned',
  'lineup:changed',
  'sale:announced',
  'sale:started',
]);
