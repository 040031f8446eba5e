import {
  type CatalogImportId,
  catalogImportIdSchema,
  type MerchantId,
  merchantIdSchema,
} from '@souk/protocol/ids';
import type { ImportProblem } from '@souk/protocol/import-problems';
import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database, Tx } from '../../db/database.ts';
import { catalogImportRows, catalogImports, type ImportOutcome } from '../../db/schema/catalog.ts';
import type { CsvFields } from '../csv/csv-cells.ts';
import type { CsvRow } from '../csv/read-csv.ts';

/** An import whose turn it is; nobody else works on it meanwhile. */
export interface OpenImport {
  readonly id: CatalogImportId;
  readonly merchantId: MerchantId;
  readonly actorId: string;
  readonly isDryRun: boolean;
}

const openSchema = z.array(
  z.object({
    id: catalogImportIdSchema,
    merchantId: merchantIdSchema,
    actorId: z.string(),
    isDryRun: z.boolean(),
  }),
);

/** Takes the import, and marks it as running; undefined when it is over, or was dismissed. */
export async function lockImport(tx: Tx, importId: CatalogImportId): Promise<OpenImport | undefined> {
  const result = await tx.execute(sql`
    update catalog_imports set status = 'running' where id = ${importId} and status in ('queued', 'running')
    returning id, merchant_id "merchantId", actor_id "actorId", is_dry_run "isDryRun"`);
  return openSchema.parse(result.rows)[0];
}

export interface WaitingRow {
  readonly row: number;
  readonly fields: CsvFields;
}

/** The next rows that nothing has become of yet: goods first, then bundles, whose parts may stand further down. */
export async function readWaiting(tx: Tx, importId: CatalogImportId, limit: number): Promise<WaitingRow[]> {
  return tx
    .select({ row: catalogImportRows.row, fields: catalogImportRows.fields })
    .from(catalogImportRows)
    .where(and(eq(catalogImportRows.importId, importId), eq(catalogImportRows.outcome, 'waiting')))
    .orderBy(sql`coalesce(${catalogImportRows.fields}->>'parts', '') <> ''`, asc(catalogImportRows.row))
    .limit(limit);
}

export interface FinishedRow {
  readonly row: number;
  readonly outcome: ImportOutcome;
  readonly problems?: readonly ImportProblem[];
}

/** Writes what became of rows; in the transaction that did them, so that no row is done twice. */
export async function finishRows(
  tx: Tx,
  importId: CatalogImportId,
  rows: readonly FinishedRow[],
): Promise<void> {
  const json = JSON.stringify(rows.map(({ problems = [], ...row }) => ({ ...row, problems })));
  await tx.execute(sql`
    update catalog_import_rows r set outcome = w.outcome, problems = w.problems
    from jsonb_to_recordset(${json}::jsonb) as w("row" int, outcome text, problems jsonb)
    where r.import_id = ${importId} and r."row" = w."row"`);
  await tx
    .update(catalogImports)
    .set({ done: sql`${catalogImports.done} + ${rows.length}` })
    .where(eq(catalogImports.id, importId));
}

export async function finishImport(tx: Tx, importId: CatalogImportId, now: number): Promise<void> {
  await tx
    .update(catalogImports)
    .set({ status: 'done', finishedAt: now })
    .where(eq(catalogImports.id, importId));
}

/** Writes the rows of a new import; those whose form is wrong have failed already. */
export async function insertRows(tx: Tx, importId: CatalogImportId, rows: readonly CsvRow[]): Promise<void> {
  const json = JSON.stringify(
    rows.map(({ problems, ...row }) => ({
      ...row,
      problems,
      outcome: problems.length > 0 ? 'failed' : 'waiting',
    })),
  );
  await tx.execute(sql`
    insert into catalog_import_rows (import_id, "row", fields, sku, outcome, problems)
    select ${importId}, w."row", w.fields, w.sku, w.outcome, w.problems
    from jsonb_to_recordset(${json}::jsonb) as w("row" int, fields jsonb, sku text, outcome text, problems jsonb)`);
}

/** Imports that should be over by now: their job may be lost. */
export async function listOverdueImports(
  { orm }: Database,
  before: number,
): Promise<{ id: CatalogImportId; createdAt: number }[]> {
  return (
    orm
      .select({ id: catalogImports.id, createdAt: catalogImports.createdAt })
      .from(catalogImports)
      .where(and(isOpen, lt(catalogImports.createdAt, before)))
      // By chance, so that some that cannot be worked off do not stand before all others.
      .orderBy(sql`random()`)
      .limit(5)
  );
}

const isOpen = inArray(catalogImports.status, ['queued', 'running']);

/** Ends an import that cannot be worked off. What was done stays; one that is over is left alone. */
export async function failImport({ orm }: Database, importId: CatalogImportId, now: number): Promise<void> {
  await orm
    .update(catalogImports)
    .set({ status: 'failed', finishedAt: now })
    .where(and(eq(catalogImports.id, importId), isOpen));
}
