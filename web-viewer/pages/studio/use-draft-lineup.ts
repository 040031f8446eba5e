import type { ProductCard } from '@souk/protocol/catalog';
import type { ProductId, ShowId } from '@souk/protocol/ids';
import { useEffect, useMemo, useRef, useState } from 'react';
import { api } from '../../api/session.ts';
import { createLatestSaver } from './latest-saver.ts';

export interface DraftLineup {
  /** The line-up as the host wants it, a little ahead of what the server has said. */
  readonly picked: readonly ProductId[];
  readonly error: unknown;
  add(productId: ProductId): void;
  /** Settles when no change is on its way any more. Rejects with ApiError. */
  settled(): Promise<void>;
}

/** The line-up of a show before it is on air: each press is saved at once, in order. */
export function useDraftLineup(showId: ShowId, lineup: readonly ProductCard[]): DraftLineup {
  const [wanted, setWanted] = useState<readonly ProductId[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const saver = useMemo(
    () =>
      createLatestSaver(async (productIds: readonly ProductId[]) => {
        await api.call('lineup:set', { params: { showId }, body: { productIds: [...productIds] } });
      }),
    [showId],
  );
  // What was saved comes back through the timeline: from then on its word counts again.
  useEffect(() => setWanted((ids) => (ids !== null && isSameOrder(ids, lineup) ? null : ids)), [lineup]);
  const picked = wanted ?? lineup.map(({ id }) => id);
  // Presses that follow one another faster than the page is drawn build on one another.
  const latest = useRef(picked);
  latest.current = picked;
  return {
    picked,
    error,
    settled: saver.settled,
    add(productId) {
      if (latest.current.includes(productId)) return;
      const next = [...latest.current, productId];
      latest.current = next;
      setWanted(next);
      saver.save(next).then(
        () => setError(null),
        (failure: unknown) => {
          setError(failure);
          setWanted(null);
        },
      );
    },
  };
}

function isSameOrder(ids: readonly ProductId[], lineup: readonly ProductCard[]): boolean {
  return ids.length === lineup.length && ids.every((id, index) => lineup[index]?.id === id);
}
