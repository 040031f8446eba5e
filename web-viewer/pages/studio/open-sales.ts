import type { SaleState } from '@souk/protocol/timeline/state';

export type SalePhase = 'scheduled' | 'announced' | 'running';

/** The sales that are coming or under way at `now`, in the order in which they start; for the staff. */
export function openSales(sales: Readonly<Record<string, SaleState>>, now: number): SaleState[] {
  return Object.values(sales)
    .filter((sale) => sale.endReason === undefined && sale.endsAt > now)
    .sort((a, b) => a.startsAt - b.startsAt);
}

/** How far a sale is: its instants decide, also when the entry that tells of it is late. */
export function phaseOf(sale: SaleState, now: number): SalePhase {
  if (now >= sale.startsAt) return 'running';
  return sale.phase === 'scheduled' ? 'scheduled' : 'announced';
}
