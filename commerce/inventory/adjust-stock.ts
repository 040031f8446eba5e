import type { Stock } from '@souk/protocol/http/desk';
import type { MerchantId, UserId, VariantId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { and, eq } from 'drizzle-orm';
import { type Database, inTransaction, isUniqueViolation, type Tx } from '../db/database.ts';
import { variantParts } from '../db/schema/catalog.ts';
import { stockMovements } from '../db/schema/stock.ts';
import type { Availability } from './availability.ts';
import { findStock } from './list-stock.ts';
import { moveStock } from './move-stock.ts';

interface StockChange {
  readonly merchantId: MerchantId;
  readonly variantId: VariantId;
  readonly reason: string;
  readonly actorId: UserId;
}

export interface Adjustment extends StockChange {
  /** Units that came (positive) or went (negative). */
  readonly delta: number;
}

export interface Receipt extends StockChange {
  readonly quantity: number;
  readonly idempotencyKey: string;
}

export type AdjustStock = (adjustment: Adjustment) => Promise<Stock>;
export type ReceiveStock = (receipt: Receipt) => Promise<Stock>;

export interface AdjustStockDeps {
  readonly db: Database;
  readonly availability: Availability;
  readonly clock: Clock;
}

/** Most units of one variant, so that no sum leaves the range of the column. */
export const MAX_ON_HAND = 1_000_000_000;

/**
 * Corrects the stock of a variant. Throws AppError VARIANT_NOT_FOUND, INSUFFICIENT_STOCK when fewer units are free than
 * go, INVALID_BUNDLE for a bundle, INVALID_INPUT for more units than can be counted.
 */
export function createAdjustStock(deps: AdjustStockDeps): AdjustStock {
  return async (adjustment) => {
    const { delta: quantity } = adjustment;
    const after = await inTransaction(deps.db, (tx) =>
      change(tx, 'adjust', { ...adjustment, quantity }, deps.clock.now()),
    );
    await tellOf(deps, adjustment);
    return after;
  };
}

/**
 * Takes delivered units in, once per key; asked again, it answers with the stock as it is. Throws AppError as a correction
 * does, and IDEMPOTENCY_KEY_REUSED for another quantity or reason under the same key.
 */
export function createReceiveStock(deps: AdjustStockDeps): ReceiveStock {
  const receive = (receipt: Receipt): Promise<Stock> =>
    inTransaction(deps.db, async (tx) => {
      const before = await findReceipt(tx, receipt);
      if (before === undefined) return change(tx, 'receive', receipt, deps.clock.now());
      if (before.quantity !== receipt.quantity || before.reason !== receipt.reason)
        throw new AppError('IDEMPOTENCY_KEY_REUSED');
      return getStock(tx, receipt);
    });
  return async (receipt) => {
    const after = await receive(receipt).catch((error: unknown) => {
      // The same receipt was on its way at the same moment; now it is written.
      if (isUniqueViolation(error)) return receive(receipt);
      throw error;
    });
    await tellOf(deps, receipt);
    return after;
  };
}

async function findReceipt(tx: Tx, { merchantId, variantId, idempotencyKey }: Receipt) {
  await getStock(tx, { merchantId, variantId });
  const [row] = await tx
    .select({ quantity: stockMovements.onHandDelta, reason: stockMovements.reason })
    .from(stockMovements)
    .where(and(eq(stockMovements.variantId, variantId), eq(stockMovements.idempotencyKey, idempotencyKey)));
  return row;
}

interface Change extends StockChange {
  readonly quantity: number;
  readonly idempotencyKey?: string;
}

async function change(tx: Tx, kind: 'adjust' | 'receive', wish: Change, now: number): Promise<Stock> {
  const { merchantId, variantId, ...movement } = wish;
  await getStock(tx, { merchantId, variantId });
  await moveStock(tx, kind, [{ variantId, ...movement }], { now });
  // The row is locked now: nobody can make a bundle of the variant any more.
  const [part] = await tx
    .select({ id: variantParts.partId })
    .from(variantParts)
    .where(eq(variantParts.bundleId, variantId));
  if (part !== undefined)
    throw new AppError('INVALID_BUNDLE', {
      issues: [{ path: 'variantId', message: 'A bundle has no stock of its own. Change that of its parts.' }],
    });
  const after = await getStock(tx, { merchantId, variantId });
  if (after.onHand > MAX_ON_HAND) throw new AppError('INVALID_INPUT', { detail: 'too many units' });
  return after;
}

async function getStock(
  tx: Tx,
  { merchantId, variantId }: Pick<StockChange, 'merchantId' | 'variantId'>,
): Promise<Stock> {
  const stock = await findStock(tx, merchantId, variantId);
  if (stock === undefined) throw new AppError('VARIANT_NOT_FOUND');
  return stock;
}

const tellOf = (
  { availability }: AdjustStockDeps,
  { merchantId, variantId }: Pick<StockChange, 'merchantId' | 'variantId'>,
): Promise<void> => availability.refreshOrLater(merchantId, { variantIds: [variantId], saleIds: [] });
