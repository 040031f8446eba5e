import { type SaleId, saleIdSchema } from '@souk/protocol/ids';
import type { OrderStatus } from '@souk/protocol/states';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Tx } from '../db/database.ts';
import { orders } from '../db/schema/orders.ts';
import { type Movement, moveStock } from '../inventory/move-stock.ts';
import { giveCouponBack } from './give-coupon-back.ts';
import { type Goods, goodsOf } from './order-goods.ts';
import type { LockedOrder } from './order-repository.ts';

/** Where an order's units are: promised, or already taken off the shelf. */
function haveLeftTheShelf(status: OrderStatus): boolean {
  return status !== 'pending_payment' && status !== 'paid';
}

function isBeforeDispatch(status: OrderStatus): boolean {
  return !haveLeftTheShelf(status) || status === 'allocated';
}

interface GiveBackOptions {
  /** The order's state before the change that gives the units back. */
  readonly from: OrderStatus;
  readonly now: number;
  readonly actorId?: string;
  readonly reason: string;
}

/**
 * Gives the units of a locked order back, once: to the sale that they came from while it goes on, otherwise to general
 * availability; of a bundle, its parts. Before the dispatch its coupon is given back too. Does nothing when that was
 * done before.
 */
export async function giveUnitsBack(
  tx: Tx,
  { order, lines }: LockedOrder,
  options: GiveBackOptions,
): Promise<void> {
  if (order.unitsReturned) return;
  const { from, now, actorId, reason } = options;
  const toMovement = (goods: Goods): Movement => ({
    ...goods,
    ...{ orderId: order.id, reason },
    ...(actorId === undefined ? {} : { actorId }),
  });
  const movements = goodsOf(lines).map(toMovement);
  const isOnTheShelf = !haveLeftTheShelf(from);
  const open = isOnTheShelf ? await giveBackToSales(tx, order.buyerId, lines, now) : new Set<SaleId>();
  if (order.couponCode !== null && isBeforeDispatch(from)) await giveCouponBack(tx, order.id);
  await moveStock(tx, isOnTheShelf ? 'release' : 'return', movements, {
    now,
    toSale: ({ saleId }) => !!saleId && open.has(saleId),
  });
  await tx.update(orders).set({ unitsReturned: true }).where(eq(orders.id, order.id));
}

/** Takes the units off the sales' books; gives back which of the sales have not ended. */
async function giveBackToSales(
  tx: Tx,
  buyerId: string,
  orderLines: LockedOrder['lines'],
  now: number,
): Promise<ReadonlySet<SaleId>> {
  const lines = orderLines.flatMap(({ saleId, quantity }) => (saleId ? [{ sale_id: saleId, quantity }] : []));
  if (lines.length === 0) return new Set();
  const at = new Date(now).toISOString();
  const result = await tx.execute(sql`
    with line as (
      select sale_id, sum(quantity)::int quantity
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l(sale_id text, quantity int) group by sale_id
    ), locked as (
      select id from sales where id in (select sale_id from line) order by id for update
    ), changed as (
      update sales s set claimed = s.claimed - l.quantity,
        returned = s.returned + case when s.status = 'ended' then l.quantity else 0 end,
        version = s.version + 1, updated_at = ${at}::timestamptz
      from line l join locked k on k.id = l.sale_id where s.id = l.sale_id
      returning s.id, s.status
    ), buyers as (
      update sale_buyers b set units = b.units - l.quantity, updated_at = ${at}::timestamptz
      from line l where b.sale_id = l.sale_id and b.buyer_id = ${buyerId}
    )
    select id from changed where status <> 'ended'`);
  const rows = z.array(z.object({ id: saleIdSchema })).parse(result.rows);
  return new Set(rows.map(({ id }) => id));
}
