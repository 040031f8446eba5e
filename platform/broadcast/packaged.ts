import type { StreamId } from '@souk/protocol/ids';
import type { Redis } from '@souk/runtime/redis';
import { broadcastKeys } from './keys.ts';

/** True while a worker packages the stream. Rejects when Redis is out of reach. */
export async function isPackaged(redis: Redis, streamId: StreamId): Promise<boolean> {
  return (await redis.exists(broadcastKeys.lease(streamId))) === 1;
}
