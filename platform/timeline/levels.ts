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

type OnLevels = (changed: Levels) => void;

export interface LevelsSubscriber {
  /**
   * Calls back with the changed levels of a show until the returned function is called; after a lost connection with
   * all that are kept, since changes may have been missed. Rejects when Redis is out of reach.
   */
  follow(showId: ShowId, onLevels: OnLevels): Promise<() => Promise<void>>;
}

/**
 * Hears the levels of the shows that it follows. `redis` is a connection of its own: Redis allows nothing else on it
 * while it subscribes. ioredis subscribes anew after a reconnect. `levels` reads over another connection.
 */
export function createLevelsSubscriber(options: {
  readonly redis: Redis;
  readonly levels: Pick<LevelsStore, 'get'>;
  readonly logger: Logger;
}): LevelsSubscriber {
  const { redis, levels, logger } = options;
  const listeners = new Map<string, Set<OnLevels>>();
  const shows = new Map<string, ShowId>();
  const forget = (channel: string, onLevels: OnLevels): boolean => {
    const ofChannel = listeners.get(channel);
    ofChannel?.delete(onLevels);
    if (ofChannel?.size !== 0) return false;
    shows.delete(channel);
    return listeners.delete(channel);
  };
  const catchUp = async (channel: string, showId: ShowId): Promise<void> => {
    try {
      // Subscribed first: what changes from now on is heard.
      await redis.subscribe(channel);
      const kept = await levels.get(showId);
      for (const listener of listeners.get(channel) ?? []) listener(kept);
    } catch (err) {
      logger.warn({ event: 'levels-not-caught-up', showId, err });
    }
  };
  redis.on('ready', () => {
    for (const [channel, showId] of shows) void catchUp(channel, showId);
  });
  redis.on('message', (channel: string, message: string) => {
    if (!listeners.has(channel)) return;
    const changed = decodeLevels(message, channel, logger);
    if (changed === undefined) return;
    for (const listener of listeners.get(channel) ?? []) listener(changed);
  });
  return {
    async follow(showId, onLevels) {
      const channel = levelsChannel(showId);
      const ofChannel = listeners.get(channel) ?? new Set();
      listeners.set(channel, ofChannel.add(onLevels));
      shows.set(channel, showId);
      try {
        await redis.subscribe(channel);
      } catch (error) {
        forget(channel, onLevels);
        throw error;
      }
      return async () => {
        if (forget(channel, onLevels)) await redis.unsubscribe(channel);
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
