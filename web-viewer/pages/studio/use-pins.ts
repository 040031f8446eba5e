import type { ProductId, ShowId } from '@souk/protocol/ids';
import { useMutation } from '@tanstack/react-query';
import { serverClock } from '../../api/hub.ts';
import { api } from '../../api/session.ts';

export interface Pins {
  pin(productId: ProductId): void;
  unpin(): void;
  readonly error: unknown;
}

/** Pins and unpins; what is pinned comes back through the timeline, as everybody sees it. */
export function usePins(showId: ShowId): Pins {
  const { mutate, error } = useMutation({
    mutationFn: ({ productId, at }: { productId: ProductId | null; at: number }) =>
      productId === null
        ? api.call('pin:clear', { params: { showId } })
        : api.call('pin:set', { params: { showId }, body: { productId, at } }),
  });
  // The instant that the host meant is that of the press, not of its arrival.
  const send = (productId: ProductId | null): void =>
    mutate({ productId, at: Math.floor(serverClock.now()) });
  return { pin: send, unpin: () => send(null), error };
}
