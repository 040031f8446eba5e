import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../../db/database.ts';
import { reconcilePasses } from '../../db/schema/disputes.ts';

/** A pass through the gateway's list that goes on where the last run stopped. */
export interface PassSpec {
  readonly name: string;
  /** It looks at payments as old as this. */
  readonly windowMs: number;
  /** How far one run goes. */
  readonly pagesPerRun: number;
}

/** What may still change is looked at often, the rest from time to time: refunds and mistakes come late. */
export const passes: readonly PassSpec[] = [
  { name: 'recent', windowMs: 2 * 3_600_000, pagesPerRun: 10 },
  { name: 'deep', windowMs: 30 * 86_400_000, pagesPerRun: 2 },
];

export interface Place {
  readonly createdAfter: number;
  readonly cursor: string | null;
}

const placeSchema = z.object({ created_after: z.coerce.date(), cursor: z.string().nullable() });

/** Takes a pass in hand for `leaseMs`; undefined while another worker has it. A worker that dies loses it by itself. */
export async function takePass(
  { orm }: Database,
  id: string,
  { windowMs }: PassSpec,
  { now, leaseMs }: { readonly now: number; readonly leaseMs: number },
): Promise<Place | undefined> {
  const instant = (at: number) => sql`${new Date(at).toISOString()}::timestamptz`;
  const { rows } = await orm.execute(sql`
    insert into reconcile_passes as p (id, created_after, leased_until, updated_at)
    values (${id}, ${instant(now - windowMs)}, ${instant(now + leaseMs)}, ${instant(now)})
    on conflict (id) do update set leased_until = excluded.leased_until, updated_at = excluded.updated_at,
      created_after = case when p.cursor is null then excluded.created_after else p.created_after end
    where p.leased_until <= excluded.updated_at
    returning p.created_after, p.cursor`);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { created_after: createdAfter, cursor } = placeSchema.parse(row);
  return { createdAfter: createdAfter.getTime(), cursor };
}

/** Notes where the next run goes on, and keeps the pass in hand until `leasedUntil`. */
export async function notePlace(
  { orm }: Database,
  id: string,
  {
    cursor,
    leasedUntil,
    now,
  }: { readonly cursor: string | null; readonly leasedUntil: number; readonly now: number },
): Promise<void> {
  await orm
    .update(reconcilePasses)
    .set({ cursor, leasedUntil, updatedAt: now })
    .where(eq(reconcilePasses.id, id));
}
