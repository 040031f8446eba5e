import { readFileSync } from 'node:fs';
import type { StreamId } from '@souk/protocol/ids';
import { defineScript, type Redis } from '@souk/runtime/redis';
import { broadcastKeys } from './keys.ts';

/** A killed packager is replaced after this long; it renews four times in that time. */
export const LEASE_MS = 2_000;

/** Whose work the packaging of a stream is: one worker's at a time. Rejects when Redis is out of reach. */
export interface PackagingLeases {
  /** True when the stream is this worker's from now on. */
  take(streamId: StreamId): Promise<boolean>;
  /** False when it is not this worker's any more: then it must stop at once. */
  renew(streamId: StreamId): Promise<boolean>;
  /** Gives the stream back, when it is this worker's. */
  release(streamId: StreamId): Promise<void>;
}

export interface PackagingLeaseOptions {
  readonly redis: Redis;
  /** Names this worker; no other has the same. */
  readonly token: string;
  readonly leaseMs?: number;
}

const renewLua = readFileSync(new URL('./renew-lease.lua', import.meta.url), 'utf8');
const releaseLua = readFileSync(new URL('./release-lease.lua', import.meta.url), 'utf8');

/** The leases of one worker, kept in Redis. */
export function createPackagingLeases(options: PackagingLeaseOptions): PackagingLeases {
  const { redis, token, leaseMs = LEASE_MS } = options;
  const renewLease = defineScript(redis, 'soukRenewLease', renewLua);
  const releaseLease = defineScript(redis, 'soukReleaseLease', releaseLua);
  return {
    take: async (streamId) =>
      (await redis.set(broadcastKeys.lease(streamId), token, 'PX', leaseMs, 'NX')) === 'OK',
    renew: async (streamId) => (await renewLease([broadcastKeys.lease(streamId)], [token, leaseMs])) === 1,
    release: async (streamId) => {
      await releaseLease([broadcastKeys.lease(streamId)], [token]);
    },
  };
}
