import { type AiredStream, airedStreamSchema } from '@souk/protocol/http/internal';
import type { StreamId } from '@souk/protocol/ids';
import type { Redis } from '@souk/runtime/redis';
import { broadcastKeys } from './keys.ts';

/** Which streams are on air and what they are made of: written by media servers, read by packagers. Rejects when Redis is out of reach. */
export interface StreamBoard {
  /** Writes a stream, or what has changed of it. */
  put(stream: AiredStream): Promise<void>;
  remove(streamId: StreamId): Promise<void>;
  /** Every stream on air, in no order. Malformed ones, of another version perhaps, are left out. */
  list(): Promise<AiredStream[]>;
  /** Removes every stream of one media server, which has none after its start. */
  clearOf(mediaUrl: string): Promise<void>;
}

/** The board of the house, kept in Redis. */
export function createStreamBoard({ redis }: { readonly redis: Redis }): StreamBoard {
  const list = async (): Promise<AiredStream[]> => (await redis.hvals(broadcastKeys.board)).flatMap(decode);
  return {
    put: async (stream) => {
      await redis.hset(broadcastKeys.board, stream.streamId, JSON.stringify(airedStreamSchema.parse(stream)));
    },
    remove: async (streamId) => {
      await redis.hdel(broadcastKeys.board, streamId);
    },
    list,
    clearOf: async (mediaUrl) => {
      const own = (await list()).filter((stream) => stream.mediaUrl === mediaUrl);
      if (own.length > 0) await redis.hdel(broadcastKeys.board, ...own.map(({ streamId }) => streamId));
    },
  };
}

function decode(written: string): AiredStream[] {
  const parsed = airedStreamSchema.safeParse(parseJson(written));
  return parsed.success ? [parsed.data] : [];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
