import { isGuestId, type MerchantId, type ShowId, type UserId } from '@souk/protocol/ids';
import { type Grant, type Role, rolesAt } from '@souk/protocol/roles';
import { AppError } from '@souk/runtime/app-error';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor } from '../db/database.ts';

/** The person whose roles are asked for. */
export interface RoleHolder {
  readonly userId: UserId;
  readonly grants: readonly Grant[];
}

/**
 * Looks up the roles of a person where a command acts. Roles at a merchant or a show are read afresh, not from
 * the token, so that an invitation or a dismissal works at once, and a moderator's role ends with the show; roles of
 * the platform are the token's.
 */
export interface RoleFinder {
  atPlatform(holder: RoleHolder): Set<Role>;
  atMerchant(holder: RoleHolder, merchantId: MerchantId): Promise<Set<Role>>;
  /** Throws AppError SHOW_NOT_FOUND. */
  atShow(holder: RoleHolder, showId: ShowId): Promise<Set<Role>>;
}

const memberRowSchema = z.object({ role: z.enum(['host', 'merchant', 'moderator']).nullable() });

export function createRoleFinder({ orm }: { orm: Executor }): RoleFinder {
  const atPlatform = (holder: RoleHolder): Set<Role> => rolesAt(holder.grants, { kind: 'platform' });
  // Memberships belong to accounts, and a guest has none.
  return {
    atPlatform,
    async atMerchant(holder, merchantId) {
      if (isGuestId(holder.userId)) return atPlatform(holder);
      const { rows } = await orm.execute(
        sql`SELECT role FROM merchant_members WHERE merchant_id = ${merchantId} AND user_id = ${holder.userId}`,
      );
      return withMemberships(atPlatform(holder), rows);
    },
    async atShow(holder, showId) {
      if (isGuestId(holder.userId)) return atPlatform(holder);
      // One row per role, and one with a null role for a show at which the person has none.
      const { rows } = await orm.execute(sql`
        SELECT held.role FROM shows s
        LEFT JOIN LATERAL (
          SELECT role FROM merchant_members m WHERE m.merchant_id = s.merchant_id AND m.user_id = ${holder.userId}
          UNION ALL
          SELECT 'moderator' FROM show_moderators d WHERE d.show_id = s.id AND d.user_id = ${holder.userId} AND s.status <> 'ended'
        ) held ON true
        WHERE s.id = ${showId}`);
      if (rows.length === 0) throw new AppError('SHOW_NOT_FOUND');
      return withMemberships(atPlatform(holder), rows);
    },
  };
}

function withMemberships(held: Set<Role>, rows: readonly unknown[]): Set<Role> {
  for (const row of rows) {
    const { role } = memberRowSchema.parse(row);
    if (role !== null) held.add(role);
  }
  return held;
}
