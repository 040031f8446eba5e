import type { Logger } from '@souk/runtime/logger';

/** Does the work for each item; one that fails is logged, and does not stand in the way of the others. */
export async function sweepItems<Item>(
  logger: Logger,
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  for (const item of items)
    await work(item).catch((err: unknown) =>
      logger.warn({ event: 'sweep-item-failed', item: idOf(item), err }),
    );
}

/** Of a row only its id: the rest may be somebody's secret. */
function idOf(item: unknown): unknown {
  return typeof item === 'object' && item !== null && 'id' in item ? item.id : item;
}
