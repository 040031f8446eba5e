import { createId, type OrderId, type SaleId, type VariantId, variantIdSchema } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Tx } from '../db/database.ts';
import type { MovementKind } from '../db/schema/stock.ts';
import type { StockCounts } from './pool-sync.ts';

export interface Movement {
  readonly variantId: VariantId;
  readonly quantity: number;
  readonly saleId?: SaleId | null;
  readonly orderId?: OrderId;
  readonly actorId?: string;
  readonly reason?: string;
  /** The ledger takes a key once per variant; a second one violates a unique constraint. */
  readonly idempotencyKey?: string;
}

/** Kind → what `quantity` units do to the stock: signs of on hand, reserved and allocated. */
const signs = {
  receive: [1, 0, 0],
  adjust: [1, 0, 0],
  return: [1, 0, 0],
  reserve: [0, 1, 0],
  /** Out of a sale's units, see `fromSale`. */
  release: [0, -1, 0],
  sell: [-1, -1, 0],
  allocate: [0, 0, 1],
  deallocate: [0, 0, -1],
} as const satisfies Record<MovementKind, readonly [number, number, number]>;

export interface MoveOptions {
  readonly now: number;
  /** With `release`: the units go back to the running sale that each names, not to general availability. */
  readonly toSale?: (movement: Movement) => boolean;
}

export const stockCountsSchema = z.object({
  variantId: variantIdSchema,
  onHand: z.int(),
  reserved: z.int(),
  allocated: z.int(),
  version: z.int(),
});

/**
 * Changes the stock and writes the ledger in one guarded statement; rows are locked in the order of their ids.
 * Gives back the counts after the change. Throws AppError INSUFFICIENT_STOCK when a count would become negative or
 * more were promised than is there; the transaction must then be rolled back.
 */
export async function moveStock(
  tx: Tx,
  kind: MovementKind,
  movements: readonly Movement[],
  { now, toSale = () => false }: MoveOptions,
): Promise<StockCounts[]> {
  if (movements.length === 0) return [];
  const [onHand, reserved, allocated] = signs[kind];
  const rows = movements.map((movement) => ({
    id: createId('movement'),
    variant_id: movement.variantId,
    on_hand: onHand * movement.quantity,
    reserved: reserved * movement.quantity,
    allocated: toSale(movement) ? movement.quantity : allocated * movement.quantity,
    sale_id: movement.saleId ?? null,
    order_id: movement.orderId ?? null,
    actor_id: movement.actorId ?? null,
    reason: movement.reason ?? '',
    idempotency_key: movement.idempotencyKey ?? null,
  }));
  const result = await tx.execute(moveStatement(kind, JSON.stringify(rows), new Date(now).toISOString()));
  const changed = z.array(stockCountsSchema).parse(result.rows);
  if (changed.length < new Set(movements.map(({ variantId }) => variantId)).size)
    throw new AppError('INSUFFICIENT_STOCK');
  return changed;
}

const moveStatement = (kind: MovementKind, rows: string, at: string) => sql`
  with movement as (
    select * from jsonb_to_recordset(${rows}::jsonb) as m(id text, variant_id text, on_hand int, reserved int,
      allocated int, sale_id text, order_id text, actor_id text, reason text, idempotency_key text)
  ), locked as (
    select variant_id from stock where variant_id in (select variant_id from movement) order by variant_id for update
  ), delta as (
    select variant_id, sum(on_hand)::int on_hand, sum(reserved)::int reserved, sum(allocated)::int allocated
    from movement join locked using (variant_id) group by variant_id
  ), changed as (
    update stock s set on_hand = s.on_hand + d.on_hand, reserved = s.reserved + d.reserved,
      allocated = s.allocated + d.allocated, version = s.version + 1, updated_at = ${at}::timestamptz
    from delta d
    where s.variant_id = d.variant_id
      and s.reserved + d.reserved >= 0 and s.allocated + d.allocated >= 0
      and s.reserved + d.reserved + s.allocated + d.allocated <= s.on_hand + d.on_hand
    returning s.variant_id, s.on_hand, s.reserved, s.allocated, s.version
  ), ledger as (
    insert into stock_movements
      (id, variant_id, kind, on_hand_delta, reserved_delta, allocated_delta, sale_id, order_id, actor_id, reason,
      idempotency_key, at)
    select m.id, m.variant_id, ${kind}, m.on_hand, m.reserved, m.allocated, m.sale_id, m.order_id, m.actor_id,
      m.reason, m.idempotency_key, ${at}::timestamptz
    from movement m where m.variant_id in (select variant_id from changed)
  )
  select variant_id "variantId", on_hand "onHand", reserved, allocated, version from changed`;
