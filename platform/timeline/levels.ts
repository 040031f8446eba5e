import type { ShowId } from '@souk/protocol/ids';
import { type Levels, levelsSchema } from '@souk/protocol/timeline/levels';
import type { Logger } from '@souk/runtime/logger';
import type { Redis } from '@souk/runtime/redis';
import { levelsChannel, timelineKeys } from './keys.ts';

export interface LevelsStore {
  /** Keeps the given levels and tells them to whoever follows the show. Reactions are told and not kept. */
  set(showId: ShowId, part: Levels): Promise<void>;
  /** The levels that are kept: everything but reactions. */
  get(showId: ShowId): Promise<Levels>;
}

/** Counts of a show: viewers, units left, stock. Absolute values, the last one wins. */
export function createLevels({ redis }: { readonly redis: Redis }): LevelsStore {
  return {
    async set(showId, part) {
      const levels = levelsSchema.parse(part);
      const fields = toFields(levels);
      const commands = redis.multi();
      if (fields.length > 0) commands.hset(timelineKeys.levels(showId), ...fields);
      commands.publish(levelsChannel(showId), JSON.stringify(levels));
      await commands.exec();
    },
    get: async (showId) => fromFields(await redis.hgetall(timelineKeys.levels(showId))),
  };
}

const LEFT = 'unitsLeft:';
const STOCK = 'stock:';

function toFields({ viewers, unitsLeft = {}, stock = {} }: Levels): (string | number)[] {
  return [
    ...(viewers === undefined ? [] : ['viewers', viewers]),
    ...Object.entries(unitsLeft).flatMap(([saleId, units]) => [LEFT + saleId, units]),
    ...Object.entries(stock).flatMap(([variantId, units]) => [STOCK + variantId, units]),
  ];
}

function fromFields(fields: Record<string, string>): Levels {
  const viewers = fields['viewers'];
  return levelsSchema.parse({
    ...(viewers === undefined ? {} : { viewers: Number(viewers) }),
    unitsLeft: countsUnder(fields, LEFT),
    stock: countsUnder(fields, STOCK),
  });
}

function countsUnder(fields: Record<string, string>, prefix: string): Record<string, number> {
  const entries = Object.entries(fields).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(entries.map(([name, value]) => [name.slice(prefix.length), Number(value)]));
}

export interface LevelsSubscriber {
  /** Calls back with the changed levels of a show until the returned function is called. */
  follow(showId: ShowId, onLevels: (changed: Levels) => void): Promise<() => Promise<void>>;
}

/**
 * Hears the levels of the shows that it follows. `redis` is a connection of its own: Redis allows nothing else on it
 * while it subscribes. ioredis subscribes anew after a reconnect.
 */
export function createLevelsSubscriber(options: {
  readonly redis: Redis;
  readonly logger: Logger;
}): LevelsSubscriber {
  const { redis, logger } = options;
  const listeners = new Map<string, Set<(changed: Levels) => void>>();
  redis.on('message', (channel: string, message: string) => {
    const changed = decodeLevels(message, channel, logger);
    if (changed === undefined) return;
    for (const listener of listeners.get(channel) ?? []) listener(changed);
  });
  return {
    async follow(showId, onLevels) {
      const channel = levelsChannel(showId);
      const ofChannel = listeners.get(channel) ?? new Set();
      listeners.set(channel, ofChannel.add(onLevels));
      await redis.subscribe(channel);
      return async () => {
        ofChannel.delete(onLevels);
        if (ofChannel.size > 0 || listeners.get(channel) !== ofChannel) return;
        listeners.delete(channel);
        await redis.unsubscribe(channel);
      };
    },
  };
}

function decodeLevels(message: string, channel: string, logger: Logger): Levels | undefined {
  try {
    return levelsSchema.parse(JSON.parse(message));
  } catch (err) {
    logger.warn({ event: 'malformed-levels', channel, err });
    return undefined;
  }
}
