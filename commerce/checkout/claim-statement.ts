import type { Address, Hold } from '@souk/protocol/http/buying';
import type { Quote } from '@souk/protocol/http/checkout';
import { type CouponId, createId, type OrderId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import type { Caller } from '../http/caller.ts';
import { type Goods, goodsOf } from '../orders/order-goods.ts';
import { type OutboxItem, toOutboxRows } from '../outbox/outbox.ts';
import { claimSql } from './claim-sql.ts';

export interface OrderClaim {
  readonly orderId: OrderId;
  readonly buyer: Pick<Caller, 'userId' | 'name'>;
  readonly email: string | undefined;
  /** Of one merchant, with all their lines. */
  readonly holds: readonly Hold[];
  readonly quote: Pick<Quote, 'id' | 'totals' | 'coupon'>;
  readonly couponId: CouponId | null;
  readonly address: Address;
  readonly gateway: string;
  readonly idempotencyKey: string;
  readonly requestHash: string;
  /** Instants are Unix milliseconds. */
  readonly payBefore: number;
  readonly now: number;
}

/** A statement as `pg` takes it; the name lets each connection parse and plan it once. */
export interface NamedStatement {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
}

/** The claim of these holds as it goes to PostgreSQL. */
export function toClaimStatement(claim: OrderClaim): NamedStatement {
  const { orderId, buyer, quote } = claim;
  const { totals } = quote;
  const lines = claim.holds.flatMap((hold) => hold.lines);
  const goods = goodsOf(lines);
  const [sales, variants] = [sumUp(lines, ofSale), sumUp(goods, ofVariant)];
  const fromSales = sumUp(goods.filter(ofSale), ofVariant);
  const told = toOutboxRows(itemsOf(claim), claim.now);
  const [first] = claim.holds;
  return {
    name: 'claim-order',
    text: claimSql,
    values: [
      ...[claim.now, claim.payBefore, JSON.stringify(lines.map(toRow))],
      ...[
        goods.map(() => createId('movement')),
        goods.map((good) => good.variantId),
        goods.map((good) => good.saleId),
        goods.map((good) => good.quantity),
      ],
      ...[orderId, buyer.userId, buyer.name, claim.email ?? null, first?.merchantId, first?.showId],
      ...[totals.currency, totals.itemsMinor, totals.discountMinor, totals.shippingMinor, totals.dutiesMinor],
      ...[totals.taxMinor, totals.totalMinor, quote.coupon?.code ?? null, quote.id],
      ...[JSON.stringify(claim.address), claim.idempotencyKey, claim.couponId, claim.requestHash],
      ...[claim.holds.map(({ id }) => id), createId('payment'), claim.gateway],
      ...[told.map(({ id }) => id), told.map(({ lane }) => lane)],
      told.map(({ payload }) => JSON.stringify(payload)),
      ...[[...sales.keys()], [...sales.values()], [...variants.keys()], [...variants.values()]],
      [...variants.keys()].map((id) => fromSales.get(id) ?? 0),
    ],
  };
}

const ofSale = ({ saleId }: Goods): string | null => saleId;
const ofVariant = ({ variantId }: Goods): string => variantId;

/** Units per key; those without a key are left out. */
function sumUp(goods: readonly Goods[], keyOf: (goods: Goods) => string | null): Map<string, number> {
  const units = new Map<string, number>();
  for (const one of goods) {
    const key = keyOf(one);
    if (key !== null) units.set(key, (units.get(key) ?? 0) + one.quantity);
  }
  return units;
}

type Line = Hold['lines'][number];

function toRow(line: Line, position: number) {
  return {
    id: createId('orderLine'),
    position,
    variant_id: line.variantId,
    product_id: line.productId,
    sale_id: line.saleId,
    title: line.title,
    variant_label: line.variantLabel,
    picture_url: line.pictureUrl,
    quantity: line.quantity,
    unit_price_minor: line.unitPriceMinor,
    parts: line.parts?.length ? line.parts : undefined,
  };
}

/** The buyer is told, and the order ends by itself when nobody pays it. */
function itemsOf({ orderId, holds, buyer, payBefore, now }: OrderClaim): OutboxItem[] {
  const job = { kind: 'job', name: 'order-expire', payload: { orderId }, jobId: orderId } as const;
  const expiry = { ...job, delayMs: payBefore - now };
  const [first] = holds;
  if (first === undefined) return [expiry];
  const entry = createEntry('order:changed', now, { orderId, status: 'pending_payment' }, buyer.userId);
  return [{ kind: 'timeline', showId: first.showId, entry }, expiry];
}
