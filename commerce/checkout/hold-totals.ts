import type { Totals } from '@souk/protocol/http/buying';
import type { HoldId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Caller } from '../http/caller.ts';
import type { HoldStore } from '../inventory/hold-store.ts';
import { computeTotals } from '../pricing/totals.ts';

export type GetHoldTotals = (
  caller: Caller,
  cart: { readonly holdIds: readonly HoldId[]; readonly country?: string | undefined },
) => Promise<Totals>;

/** What the held lines would cost. Throws AppError HOLD_EXPIRED when one of the holds is over or not the caller's, MIXED_CART. */
export function createGetHoldTotals({ holds }: { readonly holds: HoldStore }): GetHoldTotals {
  return async (caller, { holdIds, country }) => {
    const active = (await holds.listActive(caller.userId)).holds;
    const wanted = [...new Set(holdIds)].map((id) => active.find((hold) => hold.id === id));
    const found = wanted.flatMap((hold) => hold ?? []);
    const [first] = found;
    if (first === undefined || found.length < wanted.length) throw new AppError('HOLD_EXPIRED');
    if (found.some(({ merchantId }) => merchantId !== first.merchantId)) throw new AppError('MIXED_CART');
    return computeTotals({ lines: found.flatMap(({ lines }) => lines), currency: first.currency, country });
  };
}
