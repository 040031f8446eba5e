import type { ShowId, UserId } from '@souk/protocol/ids';
import { type Role, roleSchema } from '@souk/protocol/roles';
import { AppError } from '@souk/runtime/app-error';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor } from '../db/database.ts';
import { type DeedKind, isCrew, mayActOn, type Standing } from './may-act-on.ts';

const rowSchema = z.object({ userId: z.string(), role: roleSchema });

/** How these people stand at a show, by the database: what a token says may be minutes old. */
export async function findStandings(
  orm: Executor,
  showId: ShowId,
  userIds: readonly UserId[],
): Promise<(userId: UserId) => Standing> {
  const ids = sql`${sql.param([...userIds])}::text[]`;
  const { rows } = await orm.execute(sql`
    SELECT id "userId", 'admin' role FROM users WHERE id = ANY (${ids}) AND is_admin
    UNION ALL
    SELECT user_id, 'moderator' FROM show_moderators WHERE show_id = ${showId} AND user_id = ANY (${ids})
    UNION ALL
    SELECT m.user_id, m.role FROM merchant_members m JOIN shows s ON s.merchant_id = m.merchant_id
    WHERE s.id = ${showId} AND m.user_id = ANY (${ids})`);
  const held = new Map<string, Set<Role>>();
  for (const { userId, role } of rows.map((row) => rowSchema.parse(row)))
    held.set(userId, (held.get(userId) ?? new Set()).add(role));
  return (userId) => ({ userId, roles: held.get(userId) ?? new Set() });
}

export interface IntendedDeed {
  readonly kind: DeedKind;
  readonly showId: ShowId;
  readonly actorId: UserId;
  readonly targetId: UserId;
}

/** Gives back how the actor stands. Throws AppError FORBIDDEN by the rule of `mayActOn`. */
export async function assertMayAct(orm: Executor, deed: IntendedDeed): Promise<Standing> {
  const standingOf = await findStandings(orm, deed.showId, [deed.actorId, deed.targetId]);
  const actor = standingOf(deed.actorId);
  if (!mayActOn(deed.kind, actor, standingOf(deed.targetId)))
    throw new AppError('FORBIDDEN', { detail: 'nobody acts on the staff' });
  return actor;
}

/** Throws AppError FORBIDDEN for a moderator: only the crew reaches beyond the one show. */
export function assertCrew(actor: Standing): void {
  if (!isCrew(actor)) throw new AppError('FORBIDDEN', { detail: 'for the crew of the show' });
}
