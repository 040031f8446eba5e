import { type CatalogImportId, createId, type MerchantId, type UserId } from '@souk/protocol/ids';
import type { Clock } from '@souk/runtime/clock';
import { and, eq, sql } from 'drizzle-orm';
import { type Database, inTransaction, type Tx } from '../../db/database.ts';
import { catalogImports } from '../../db/schema/catalog.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import { readCsv } from '../csv/read-csv.ts';
import { insertRows } from './import-rows.ts';

export interface ImportWish {
  readonly merchantId: MerchantId;
  readonly actorId: UserId;
  readonly csv: string;
  /** Everything is checked, and nothing is written. */
  readonly isDryRun: boolean;
}

export type StartImport = (wish: ImportWish) => Promise<CatalogImportId>;

/** Imports of a merchant that are kept with their reports. */
const KEPT_IMPORTS = 20;

/** Takes a CSV in; its rows are worked off in the background. Throws AppError INVALID_INPUT for a file that cannot be read. */
export function createStartImport(deps: {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly clock: Clock;
}): StartImport {
  const { db, outbox, clock } = deps;
  return async ({ merchantId, actorId, csv, isDryRun }) => {
    const rows = await readCsv(csv);
    const id = createId('catalogImport');
    const done = rows.filter(({ problems }) => problems.length > 0).length;
    await inTransaction(db, async (tx) => {
      const createdAt = clock.now();
      await tx.insert(catalogImports).values({
        ...{ id, merchantId, actorId, isDryRun, done, createdAt },
        status: 'queued',
        rows: rows.length,
      });
      await insertRows(tx, id, rows);
      await forgetOld(tx, merchantId);
      await outbox.publish(tx, { kind: 'job', name: 'catalog-import', payload: { importId: id }, jobId: id });
    });
    return id;
  };
}

async function forgetOld(tx: Tx, merchantId: MerchantId): Promise<void> {
  await tx.delete(catalogImports).where(
    and(
      eq(catalogImports.merchantId, merchantId),
      sql`${catalogImports.status} in ('done', 'failed')`,
      sql`${catalogImports.id} not in (
        select kept.id from catalog_imports kept where kept.merchant_id = ${merchantId}
        order by kept.created_at desc limit ${KEPT_IMPORTS})`,
    ),
  );
}
