import type { Address, Hold } from '@souk/protocol/http/buying';
import type { Quote } from '@souk/protocol/http/checkout';
import { type CouponId, createId, type OrderId, saleIdSchema } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Tx } from '../db/database.ts';
import type { Caller } from '../http/caller.ts';
import { stockCountsSchema } from '../inventory/move-stock.ts';
import { type PoolSync, stockPool } from '../inventory/pool-sync.ts';

export interface OrderClaim {
  readonly orderId: OrderId;
  readonly buyer: Pick<Caller, 'userId' | 'name'>;
  readonly email: string | undefined;
  /** All of one merchant. */
  readonly holds: readonly Hold[];
  readonly quote: Pick<Quote, 'id' | 'holdIds' | 'totals' | 'coupon'>;
  readonly couponId: CouponId | null;
  readonly address: Address;
  readonly gateway: string;
  readonly idempotencyKey: string;
  readonly requestHash: string;
  readonly payBefore: number;
  readonly now: number;
}

const claimResultSchema = z.object({
  sales: z.array(
    z.object({
      id: saleIdSchema,
      supply: z.int(),
      version: z.int(),
      limit: z.int(),
      startsAt: z.coerce.number(),
      endsAt: z.coerce.number(),
      closed: z.boolean(),
    }),
  ),
  buyers: z.array(z.object({ saleId: saleIdSchema, units: z.int() })),
  stock: z.array(stockCountsSchema),
});

/**
 * Claims the units of all lines and writes the order, its lines, its holds and its payment, in one guarded statement:
 * sales first, then stock, each in the order of their ids. Gives back the counts after it, for Redis.
 * Throws AppError HOLD_LOST when units or a buyer's limit do not suffice; the transaction must then be rolled back.
 * A hold that was claimed before, or a key that was used before, violates a unique constraint.
 */
export async function claimOrder(tx: Tx, claim: OrderClaim): Promise<PoolSync> {
  const lines = toRows(claim);
  const result = await tx.execute(claimStatement(claim, lines));
  const { sales, buyers, stock } = claimResultSchema.parse(result.rows[0]);
  const wantedSales = new Set(lines.flatMap(({ sale_id: saleId }) => saleId ?? [])).size;
  const wantedVariants = new Set(lines.map(({ variant_id: variantId }) => variantId)).size;
  if (sales.length < wantedSales || buyers.length < wantedSales || stock.length < wantedVariants)
    throw new AppError('HOLD_LOST');
  const bought = (saleId: string): number => buyers.find((buyer) => buyer.saleId === saleId)?.units ?? 0;
  return {
    pools: [...stock.map(stockPool), ...sales.map(({ id, supply, version }) => ({ id, supply, version }))],
    sales: sales.map(({ id, limit, startsAt, endsAt, closed }) => ({
      ...{ id, limit, startsAt, endsAt, closed },
      buyers: { [claim.buyer.userId]: bought(id) },
    })),
  };
}

type LineRow = ReturnType<typeof toRows>[number];

function toRows({ holds }: OrderClaim) {
  return holds
    .flatMap(({ lines }) => lines)
    .map((line, position) => ({
      id: createId('orderLine'),
      movement_id: createId('movement'),
      position,
      variant_id: line.variantId,
      product_id: line.productId,
      sale_id: line.saleId,
      title: line.title,
      variant_label: line.variantLabel,
      picture_url: line.pictureUrl,
      quantity: line.quantity,
      unit_price_minor: line.unitPriceMinor,
    }));
}

/** The statement alone, as the bench measures it. */
export function createClaimStatement(claim: OrderClaim): SQL {
  return claimStatement(claim, toRows(claim));
}

function claimStatement(claim: OrderClaim, lines: readonly LineRow[]): SQL {
  const { orderId, buyer, quote } = claim;
  const { totals, holdIds } = quote;
  const at = sql`${new Date(claim.now).toISOString()}::timestamptz`;
  const payBefore = sql`${new Date(claim.payBefore).toISOString()}::timestamptz`;
  const [first] = claim.holds;
  return sql`
    with line as (
      select * from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l(id text, movement_id text, position int, variant_id text,
        product_id text, sale_id text, title text, variant_label text, picture_url text, quantity int,
        unit_price_minor bigint)
    ), sale_want as (
      select sale_id, sum(quantity)::int quantity from line where sale_id is not null group by sale_id
    ), sale_locked as (
      select id from sales where id in (select sale_id from sale_want) order by id for update
    ), sale_changed as (
      update sales s set claimed = s.claimed + w.quantity, version = s.version + 1, updated_at = ${at}
      from sale_want w join sale_locked k on k.id = w.sale_id
      where s.id = w.sale_id and s.units - s.claimed - s.returned >= w.quantity
      returning s.id, s.units - s.claimed - s.returned as supply, s.version, s.per_buyer_limit, s.starts_at, s.ends_at,
        s.status
    ), buyer_changed as (
      insert into sale_buyers as b (sale_id, buyer_id, units, updated_at)
      select w.sale_id, ${buyer.userId}, w.quantity, ${at}
      from sale_want w join sale_changed s on s.id = w.sale_id where w.quantity <= s.per_buyer_limit
      on conflict (sale_id, buyer_id) do update set units = b.units + excluded.units, updated_at = excluded.updated_at
      where b.units + excluded.units <= (select per_buyer_limit from sales where id = excluded.sale_id)
      returning b.sale_id, b.units
    ), want as (
      select variant_id, sum(quantity)::int quantity,
        coalesce(sum(quantity) filter (where sale_id is not null), 0)::int from_sale
      from line group by variant_id
    ), stock_locked as (
      select variant_id from stock
      where variant_id in (select variant_id from want) and (select count(*) from sale_changed) >= 0
      order by variant_id for update
    ), stock_changed as (
      update stock s set reserved = s.reserved + w.quantity, allocated = s.allocated - w.from_sale,
        version = s.version + 1, updated_at = ${at}
      from want w join stock_locked k using (variant_id)
      where s.variant_id = w.variant_id and s.allocated >= w.from_sale
        and s.reserved + w.quantity + s.allocated - w.from_sale <= s.on_hand
      returning s.variant_id, s.on_hand, s.reserved, s.allocated, s.version
    ), ledger as (
      insert into stock_movements
        (id, variant_id, kind, on_hand_delta, reserved_delta, allocated_delta, sale_id, order_id, actor_id, reason, at)
      select movement_id, variant_id, 'reserve', 0, quantity, case when sale_id is null then 0 else -quantity end,
        sale_id, ${orderId}, ${buyer.userId}, '', ${at}
      from line
    ), order_written as (
      insert into orders (id, buyer_id, buyer_name, email, merchant_id, show_id, status, currency, items_minor,
        discount_minor, shipping_minor, duties_minor, tax_minor, total_minor, coupon_code, quote_id, address, idempotency_key, request_hash, pay_before, created_at, updated_at)
      values (${orderId}, ${buyer.userId}, ${buyer.name}, ${claim.email ?? null}, ${first?.merchantId}, ${first?.showId},
        'pending_payment', ${totals.currency}, ${totals.itemsMinor}, ${totals.discountMinor}, ${totals.shippingMinor},
        ${totals.dutiesMinor}, ${totals.taxMinor}, ${totals.totalMinor}, ${quote.coupon?.code ?? null}, ${quote.id},
        ${JSON.stringify(claim.address)}::jsonb, ${claim.idempotencyKey}, ${claim.requestHash},
        ${payBefore}, ${at}, ${at})
    ), lines_written as (
      insert into order_lines (id, order_id, position, variant_id, product_id, sale_id, title, variant_label,
        picture_url, quantity, unit_price_minor)
      select id, ${orderId}, position, variant_id, product_id, sale_id, title, variant_label, picture_url, quantity,
        unit_price_minor from line
    ), holds_written as (
      insert into order_holds (hold_id, order_id)
      select hold_id, ${orderId} from jsonb_array_elements_text(${JSON.stringify(holdIds)}::jsonb) as h(hold_id)
    ), payment_written as (
      insert into payments (id, order_id, gateway, status, amount_minor, currency, created_at, updated_at)
      values (${createId('payment')}, ${orderId}, ${claim.gateway}, 'requires_confirmation', ${totals.totalMinor},
        ${totals.currency}, ${at}, ${at})
    )
    select
      coalesce((select json_agg(json_build_object('id', id, 'supply', supply, 'version', version,
        'limit', per_buyer_limit, 'startsAt', round(extract(epoch from starts_at) * 1000),
        'endsAt', round(extract(epoch from ends_at) * 1000), 'closed', status = 'ended')) from sale_changed), '[]') sales,
      coalesce((select json_agg(json_build_object('saleId', sale_id, 'units', units)) from buyer_changed), '[]') buyers,
      coalesce((select json_agg(json_build_object('variantId', variant_id, 'onHand', on_hand, 'reserved', reserved,
        'allocated', allocated, 'version', version)) from stock_changed), '[]') stock`;
}
