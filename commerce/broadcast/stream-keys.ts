import type { StreamKey } from '@souk/protocol/http/broadcast';
import { createId, type ShowId, type StreamKeyId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { and, eq, ne, sql } from 'drizzle-orm';
import { type Database, inTransaction, type Tx } from '../db/database.ts';
import { streamKeys } from '../db/schema/broadcast.ts';
import { shows } from '../db/schema/shows.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { lockOpenShow } from '../shows/show-repository.ts';
import { createStreamKeySecret, hashStreamKey } from './stream-key-secret.ts';

export interface NewStreamKey {
  readonly key: StreamKey;
  /** Kept nowhere: whoever asked is the only one who has it. */
  readonly secret: string;
}

/** The key of each show with which an encoder publishes it. A key ends with its show. */
export interface StreamKeys {
  /** Undefined for a show without a key, and for one that is over. */
  find(showId: ShowId): Promise<StreamKey | undefined>;
  /** Makes a new key in place of the former, which is told to be revoked. Throws AppError SHOW_ENDED. */
  rotate(showId: ShowId): Promise<NewStreamKey>;
  /** Throws AppError SHOW_ENDED, STREAM_KEY_NOT_FOUND. */
  revoke(showId: ShowId): Promise<void>;
}

const keyColumns = {
  id: streamKeys.id,
  hint: streamKeys.hint,
  createdAt: streamKeys.createdAt,
  lastUsedAt: streamKeys.lastUsedAt,
};

export function createStreamKeys(deps: { db: Database; outbox: Outbox; clock: Clock }): StreamKeys {
  const { db, outbox, clock } = deps;
  const tellRevoked = (tx: Tx, showId: ShowId, keyId: StreamKeyId): Promise<void> => {
    const entry = createEntry('stream-key:revoked', clock.now(), { keyId });
    return outbox.publish(tx, { kind: 'timeline', showId, entry });
  };
  return {
    async find(showId) {
      const [key] = await db.orm
        .select(keyColumns)
        .from(streamKeys)
        .innerJoin(shows, eq(shows.id, streamKeys.showId))
        .where(and(eq(streamKeys.showId, showId), ne(shows.status, 'ended')));
      return key;
    },
    rotate: (showId) =>
      inTransaction(db, async (tx) => {
        await lockOpenShow(tx, showId);
        const secret = createStreamKeySecret();
        const key = { id: createId('streamKey'), hint: secret.slice(-4), createdAt: clock.now() };
        const formerId = await replaceKey(tx, { ...key, showId, secretHash: hashStreamKey(secret) });
        if (formerId !== undefined) await tellRevoked(tx, showId, formerId);
        return { key: { ...key, lastUsedAt: null }, secret };
      }),
    revoke: (showId) =>
      inTransaction(db, async (tx) => {
        await lockOpenShow(tx, showId);
        const [former] = await tx
          .delete(streamKeys)
          .where(eq(streamKeys.showId, showId))
          .returning({ id: streamKeys.id });
        if (former === undefined) throw new AppError('STREAM_KEY_NOT_FOUND');
        await tellRevoked(tx, showId, former.id);
      }),
  };
}

/** Writes the show's key over the former one, whose id comes back. The show's row is locked, so no third is between them. */
async function replaceKey(tx: Tx, row: typeof streamKeys.$inferInsert): Promise<StreamKeyId | undefined> {
  const [former] = await tx
    .select({ id: streamKeys.id })
    .from(streamKeys)
    .where(eq(streamKeys.showId, row.showId));
  const { id, secretHash, hint, createdAt } = row;
  await tx
    .insert(streamKeys)
    .values(row)
    .onConflictDoUpdate({
      target: streamKeys.showId,
      set: { id, secretHash, hint, createdAt, lastUsedAt: sql`NULL` },
    });
  return former?.id;
}
