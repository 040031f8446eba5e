import type { HttpParsed, HttpResponse } from '@souk/protocol/commands/http-commands';
import type { AuditRow } from '@souk/protocol/http/community';
import type { MerchantId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import type { Clock } from '@souk/runtime/clock';
import { and, desc, eq, lt, sql } from 'drizzle-orm';
import { writeCsv } from '../catalog/csv/write-csv.ts';
import type { Executor } from '../db/database.ts';
import { users } from '../db/schema/accounts.ts';
import { auditLog } from '../db/schema/moderation.ts';
import { shows } from '../db/schema/shows.ts';

export type AuditFilter = HttpParsed<'audit:export'>['query'];

/** The log of who did what in the shows of a shop, for its keepers. */
export interface AuditPages {
  /** Newest first. */
  list(merchantId: MerchantId, query: HttpParsed<'audit:list'>['query']): Promise<HttpResponse<'audit:list'>>;
  /** The newest rows as a CSV (RFC 4180) that no spreadsheet runs. */
  export(merchantId: MerchantId, filter: AuditFilter): Promise<HttpResponse<'audit:export'>>;
}

const EXPORTED_ROWS = 50_000;
const columns = [
  'time',
  'actor',
  'actor_id',
  'action',
  'show',
  'show_id',
  'person',
  'subject',
  'reason',
] as const;

export function createAuditPages({ orm, clock }: { orm: Executor; clock: Clock }): AuditPages {
  return {
    async list(merchantId, { before, ...filter }) {
      const found = await readRows(orm, merchantId, { filter, before, limit: limits.pageSize + 1 });
      const rows = found.slice(0, limits.pageSize);
      return { rows, next: found.length > rows.length ? (rows.at(-1)?.id ?? null) : null };
    },
    async export(merchantId, filter) {
      const rows = await readRows(orm, merchantId, { filter, before: undefined, limit: EXPORTED_ROWS });
      const day = new Date(clock.now()).toISOString().slice(0, 10);
      return { fileName: `audit-${day}.csv`, csv: writeCsv(columns, rows.map(toCells)) };
    },
  };
}

function toCells(row: AuditRow): (string | null)[] {
  const { at, actorName, actorId, action, showTitle, showId, subjectName, subject, reason } = row;
  const time = new Date(at).toISOString();
  return [time, actorName, actorId, action, showTitle, showId, subjectName, subject, reason];
}

interface Cut {
  readonly filter: AuditFilter;
  readonly before: number | undefined;
  readonly limit: number;
}

async function readRows(
  orm: Executor,
  merchantId: MerchantId,
  { filter, before, limit }: Cut,
): Promise<AuditRow[]> {
  const { id, at, actorId, action, showId, subject, subjectName, reason } = auditLog;
  const actorName = sql<string>`coalesce(${users.name}, '')`;
  return orm
    .select({
      id,
      at,
      actorId,
      actorName,
      action,
      showId,
      showTitle: shows.title,
      subject,
      subjectName,
      reason,
    })
    .from(auditLog)
    .leftJoin(users, eq(users.id, auditLog.actorId))
    .leftJoin(shows, eq(shows.id, auditLog.showId))
    .where(
      and(
        eq(auditLog.merchantId, merchantId),
        filter.showId === undefined ? undefined : eq(showId, filter.showId),
        filter.actorId === undefined ? undefined : eq(actorId, filter.actorId),
        filter.action === undefined ? undefined : eq(action, filter.action),
        before === undefined ? undefined : lt(id, before),
      ),
    )
    .orderBy(desc(id))
    .limit(limit);
}
