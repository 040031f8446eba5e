import type { CatalogImport } from '@souk/protocol/http/catalog-imports';
import type { CatalogImportId, MerchantId } from '@souk/protocol/ids';
import { wordImportProblem } from '@souk/protocol/import-problems';
import { AppError } from '@souk/runtime/app-error';
import { and, asc, count, eq, inArray } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { catalogImportRows, catalogImports } from '../../db/schema/catalog.ts';
import { writeCsv } from '../csv/write-csv.ts';

export interface ImportKey {
  readonly merchantId: MerchantId;
  readonly importId: CatalogImportId;
}

/** Faults that are told with the import itself; the report has all. */
const TOLD_PROBLEMS = 100;

async function getImportRow(db: Executor, { merchantId, importId }: ImportKey) {
  const [row] = await db
    .select()
    .from(catalogImports)
    .where(and(eq(catalogImports.id, importId), eq(catalogImports.merchantId, merchantId)));
  if (row === undefined) throw new AppError('IMPORT_NOT_FOUND');
  return row;
}

/** How far an import is. Throws AppError IMPORT_NOT_FOUND. */
export async function getImport(db: Executor, key: ImportKey): Promise<CatalogImport> {
  const { id, status, isDryRun, rows, done, createdAt, finishedAt } = await getImportRow(db, key);
  const counted = await db
    .select({ outcome: catalogImportRows.outcome, rows: count() })
    .from(catalogImportRows)
    .where(eq(catalogImportRows.importId, id))
    .groupBy(catalogImportRows.outcome);
  const countOf = (outcome: string): number => counted.find((one) => one.outcome === outcome)?.rows ?? 0;
  return {
    ...{ id, status, isDryRun, rows, done, createdAt, finishedAt },
    created: countOf('created'),
    updated: countOf('updated'),
    unchanged: countOf('unchanged'),
    failed: countOf('failed'),
    problems: countOf('failed') === 0 ? [] : await readProblems(db, id),
  };
}

async function readProblems(db: Executor, importId: CatalogImportId): Promise<CatalogImport['problems']> {
  const { row, sku, problems } = catalogImportRows;
  const failed = await db
    .select({ row, sku, problems })
    .from(catalogImportRows)
    .where(and(eq(catalogImportRows.importId, importId), eq(catalogImportRows.outcome, 'failed')))
    .orderBy(asc(row))
    .limit(TOLD_PROBLEMS);
  return failed
    .flatMap((one) => one.problems.map((problem) => ({ row: one.row, sku: one.sku, ...problem })))
    .slice(0, TOLD_PROBLEMS);
}

/** What became of every row, as CSV; a row with several faults has a line for each. Throws AppError IMPORT_NOT_FOUND. */
export async function writeReport(db: Executor, key: ImportKey): Promise<{ fileName: string; csv: string }> {
  const { id } = await getImportRow(db, key);
  const { row, sku, outcome, problems } = catalogImportRows;
  const rows = await db
    .select({ row, sku, outcome, problems })
    .from(catalogImportRows)
    .where(eq(catalogImportRows.importId, id))
    .orderBy(asc(row));
  const lines = rows.flatMap((one) => {
    const head = [one.row, one.sku, one.outcome] as const;
    if (one.problems.length === 0) return [[...head, '', '', '']];
    return one.problems.map((problem) => [...head, problem.column, problem.code, wordImportProblem(problem)]);
  });
  const columns = ['row', 'sku', 'outcome', 'column', 'code', 'message'];
  return { fileName: 'import-report.csv', csv: writeCsv(columns, lines) };
}

/** Forgets an import that is over. Throws AppError IMPORT_NOT_FOUND, INVALID_TRANSITION while it is at work. */
export async function dismissImport(db: Executor, key: ImportKey): Promise<void> {
  await getImportRow(db, key);
  const gone = await db
    .delete(catalogImports)
    .where(and(eq(catalogImports.id, key.importId), inArray(catalogImports.status, ['done', 'failed'])))
    .returning({ id: catalogImports.id });
  if (gone.length === 0) throw new AppError('INVALID_TRANSITION');
}
