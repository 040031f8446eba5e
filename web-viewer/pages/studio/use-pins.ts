import type { ProductId, ShowId } from '@souk/protocol/ids';
import { useMutation } from '@tanstack/react-query';
import { useMemo } from 'react';
import { serverClock } from '../../api/hub.ts';
import { api } from '../../api/session.ts';
import { createLatestSaver } from './latest-saver.ts';

export interface Pins {
  pin(productId: ProductId): void;
  unpin(): void;
  readonly error: unknown;
}

interface Wish {
  /** Null takes the pin off. */
  readonly productId: ProductId | null;
  readonly at: number;
}

/**
 * Pins and unpins; what is pinned comes back through the timeline, as everybody sees it. One command is under way
 * at a time: of quick presses the last one wins, also when the first was slow.
 */
export function usePins(showId: ShowId): Pins {
  const saver = useMemo(() => createLatestSaver((wish: Wish) => sendWish(showId, wish)), [showId]);
  const { mutate, error } = useMutation({ mutationFn: (wish: Wish) => saver.save(wish) });
  // The instant that the host meant is that of the press, not of its arrival.
  const send = (productId: ProductId | null): void =>
    mutate({ productId, at: Math.floor(serverClock.now()) });
  return { pin: send, unpin: () => send(null), error };
}

async function sendWish(showId: ShowId, { productId, at }: Wish): Promise<void> {
  const params = { showId };
  if (productId === null) await api.call('pin:clear', { params, query: { at } });
  else await api.call('pin:set', { params, body: { productId, at } });
}
