import type { ShowId, UserId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor } from '../db/database.ts';
import { createTurnBatch } from '../db/turn-batch.ts';
import { createShortCache } from '../inventory/short-cache.ts';

/** Keeps banned people out of what a show offers beside its chat. */
export interface BanGuard {
  /** Throws AppError BANNED. The first ban of a show, made on another node, may take half a second to count. */
  assertNotBanned(showId: ShowId, userId: UserId): Promise<void>;
  /** After a ban was committed here: whoever asks next is looked up. */
  heedBans(showIds: readonly ShowId[]): void;
}

const TTL_MS = 500;
const PEOPLE_AT_ONCE = 500;
const banRow = z.object({ key: z.string() });

/**
 * Most shows have no bans, which is remembered for a moment; of the others each person is looked up, many by one
 * statement. So a sale's rush costs nothing more.
 */
export function createBanGuard({ orm, clock }: { orm: Executor; clock: Clock }): BanGuard {
  const anyone = createShortCache({ load: (showId: ShowId) => hasBans(orm, showId), ttlMs: TTL_MS, clock });
  const findOne = createTurnBatch<string, true>((keys) => findBanned(orm, keys), { most: PEOPLE_AT_ONCE });
  return {
    async assertNotBanned(showId, userId) {
      if (!(await anyone.get(showId))) return;
      if ((await findOne(`${showId} ${userId}`)) !== undefined) throw new AppError('BANNED');
    },
    heedBans: (showIds) => showIds.forEach(anyone.forget),
  };
}

async function hasBans(orm: Executor, showId: ShowId): Promise<boolean> {
  const { rows } = await orm.execute(sql`
    SELECT 1 FROM shows s WHERE s.id = ${showId} AND (
      EXISTS (SELECT 1 FROM bans b WHERE b.show_id = s.id AND b.scope = 'show')
      OR EXISTS (SELECT 1 FROM bans b WHERE b.merchant_id = s.merchant_id AND b.scope = 'merchant'))`);
  return rows.length > 0;
}

/** Those of these people who are banned from a show, as it is now. */
export async function findBannedOf(
  orm: Executor,
  showId: ShowId,
  userIds: readonly UserId[],
): Promise<ReadonlySet<UserId>> {
  if (userIds.length === 0) return new Set();
  const banned = await findBanned(
    orm,
    userIds.map((userId) => `${showId} ${userId}`),
  );
  return new Set(userIds.filter((userId) => banned.has(`${showId} ${userId}`)));
}

/** Keys are `<show> <user>`. */
async function findBanned(orm: Executor, keys: readonly string[]): Promise<Map<string, true>> {
  const { rows } = await orm.execute(sql`
    SELECT wanted.key FROM unnest(${sql.param([...keys])}::text[]) AS wanted (key)
    JOIN shows s ON s.id = split_part(wanted.key, ' ', 1)
    WHERE EXISTS (
      SELECT 1 FROM bans b WHERE b.merchant_id = s.merchant_id AND b.user_id = split_part(wanted.key, ' ', 2)
        AND (b.scope = 'merchant' OR b.show_id = s.id))`);
  return new Map(rows.map((row) => [banRow.parse(row).key, true]));
}
