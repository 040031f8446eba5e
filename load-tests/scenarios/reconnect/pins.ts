import { setTimeout as pause } from 'node:timers/promises';
import type { OpenShow } from '../acts/open-show.ts';

/** The host pins one product after the other over the API. Returns how to end that, with one last pin that stays. */
export function startPins({ host, showId, lineup }: OpenShow, everyMs: number): () => Promise<void> {
  let isOver = false;
  const pin = async (index: number): Promise<void> => {
    const product = lineup[index % lineup.length];
    if (product === undefined) throw new Error('the line-up is empty');
    await host.call('pin:set', { params: { showId }, body: { productId: product.id } });
  };
  const work = (async () => {
    let index = 0;
    for (; !isOver; index += 1) {
      await pin(index);
      await pause(everyMs);
    }
    await pin(index);
  })();
  return async () => {
    isOver = true;
    await work;
  };
}
