import type { CatalogImportId, VariantId } from '@souk/protocol/ids';
import { type Currency, minorUnitDigits } from '@souk/protocol/money';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import { type Database, inTransaction, sqlStateOf, type Tx } from '../../db/database.ts';
import type { Availability } from '../../inventory/availability.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import { lockCatalog } from '../catalog-lock.ts';
import type { CatalogNews } from '../catalog-news.ts';
import { parseRow, type RowWish } from '../csv/parse-row.ts';
import { lockShowsWith, tellLineups } from '../lineup-news.ts';
import {
  type FinishedRow,
  finishImport,
  finishRows,
  lockImport,
  type OpenImport,
  readWaiting,
  type WaitingRow,
} from './import-rows.ts';
import { createPlan } from './import-state.ts';
import { findTouchedProducts, loadState, lockStock } from './load-state.ts';
import { planRow } from './plan-row.ts';
import { writePlan } from './write-plan.ts';

export interface RunImportDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly news: CatalogNews;
  readonly availability: Availability;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface RunImport {
  /** Works an import off, or what is left of it. Does nothing for one that is over. May run twice, also at once. */
  all(importId: CatalogImportId, signal?: AbortSignal): Promise<void>;
  /** Works the next rows off; false when none were left. */
  next(importId: CatalogImportId): Promise<boolean>;
}

/** Rows of one transaction: few enough that buyers and hosts do not wait for it. */
const CHUNK_ROWS = 250;

export function createRunImport(deps: RunImportDeps): RunImport {
  const runImport: RunImport = {
    async all(importId, signal) {
      while (signal?.aborted !== true && (await runImport.next(importId)));
    },
    async next(importId) {
      try {
        return await workOff(deps, importId, CHUNK_ROWS);
      } catch (error) {
        if (!isAboutData(error)) throw error;
        // One of the rows cannot be written: each by itself, the others can.
        deps.logger.warn({ event: 'import-chunk-refused', importId, err: error });
        return workOff(deps, importId, 1).catch((reason: unknown) => giveUpRow(deps, importId, reason));
      }
    },
  };
  return runImport;
}

/** SQLSTATE classes of what is wrong with the data: data exception, integrity constraint violation. */
const isAboutData = (error: unknown): boolean => /^2[23]/.test(sqlStateOf(error) ?? '');

interface Done {
  readonly open: OpenImport;
  readonly rows: number;
  readonly changed: readonly VariantId[];
  readonly moved: readonly VariantId[];
}

async function workOff(deps: RunImportDeps, importId: CatalogImportId, limit: number): Promise<boolean> {
  const done = await inTransaction(deps.db, (tx) => workChunk(deps, tx, importId, limit));
  if (done === undefined) return false;
  await tell(deps, done);
  return done.rows > 0;
}

async function tell({ news, availability }: RunImportDeps, { open, changed, moved }: Done): Promise<void> {
  const { merchantId } = open;
  await news.changed(merchantId, changed);
  if (moved.length > 0) await availability.refreshOrLater(merchantId, { variantIds: moved, saleIds: [] });
}

async function workChunk(
  deps: RunImportDeps,
  tx: Tx,
  importId: CatalogImportId,
  limit: number,
): Promise<Done | undefined> {
  const open = await lockImport(tx, importId);
  if (open === undefined) return undefined;
  const waiting = await readWaiting(tx, importId, limit);
  if (waiting.length === 0) {
    await finishImport(tx, importId, deps.clock.now());
    return { open, rows: 0, changed: [], moved: [] };
  }
  const { currency } = await lockCatalog(tx, open.merchantId);
  const { finished, wishes } = parseRows(waiting, currency);
  const work = await applyWishes(deps, tx, { open, currency, wishes });
  await finishRows(tx, importId, [...finished, ...work.finished]);
  return { open, rows: waiting.length, changed: work.changed, moved: work.moved };
}

interface NumberedWish {
  readonly row: number;
  readonly wish: RowWish;
}

function parseRows(rows: readonly WaitingRow[], currency: Currency) {
  const digits = minorUnitDigits(currency);
  const finished: FinishedRow[] = [];
  const wishes: NumberedWish[] = [];
  for (const { row, fields } of rows) {
    const parsed = parseRow(fields, digits);
    if (parsed.ok) wishes.push({ row, wish: parsed.wish });
    else finished.push({ row, outcome: 'failed', problems: parsed.problems });
  }
  return { finished, wishes };
}

interface ChunkWork {
  readonly open: OpenImport;
  readonly currency: Currency;
  readonly wishes: readonly NumberedWish[];
}

async function applyWishes({ outbox, clock }: RunImportDeps, tx: Tx, { open, currency, wishes }: ChunkWork) {
  const { id: importId, merchantId, actorId, isDryRun } = open;
  const wanted = { merchantId, importId, isDryRun, wishes: wishes.map(({ wish }) => wish) };
  const productIds = await findTouchedProducts(tx, wanted);
  const shows = isDryRun ? [] : await lockShowsWith(tx, productIds);
  if (!isDryRun) await lockStock(tx, wanted);
  const state = await loadState(tx, wanted, productIds);
  const plan = createPlan();
  const finished = wishes.map(({ row, wish }): FinishedRow => ({ row, ...planRow(state, plan, wish) }));
  if (isDryRun) return { finished, changed: [], moved: [] };
  const now = clock.now();
  const written = await writePlan(tx, state, plan, { merchantId, currency, actorId, now });
  if (plan.changedProducts.size > 0) await tellLineups({ outbox, now }, tx, shows);
  return { finished, ...written };
}

async function giveUpRow(deps: RunImportDeps, importId: CatalogImportId, reason: unknown): Promise<boolean> {
  if (!isAboutData(reason)) throw reason;
  deps.logger.warn({ event: 'import-row-refused', importId, err: reason });
  const problems = [{ column: '', code: 'not-written', params: {} }] as const;
  return inTransaction(deps.db, async (tx) => {
    const [row] = (await lockImport(tx, importId)) === undefined ? [] : await readWaiting(tx, importId, 1);
    if (row === undefined) return false;
    await finishRows(tx, importId, [{ row: row.row, outcome: 'failed', problems }]);
    return true;
  });
}
