import { buyerLimit } from './buyer-limit.ts';
import { charges } from './charges.ts';
import { couponBooks, couponBuyers, couponOrders } from './coupon-books.ts';
import { heldUnits } from './held-units.ts';
import { holdsClaimed } from './holds-claimed.ts';
import { holdsEnded } from './holds-ended.ts';
import type { Invariant } from './invariant.ts';
import { ledger } from './ledger.ts';
import { orderReservation } from './order-reservation.ts';
import { orderTotals } from './order-totals.ts';
import { outboxDrained } from './outbox-drained.ts';
import { poolsFresh } from './pools-fresh.ts';
import { quotedTotals } from './quoted-totals.ts';
import { refunds } from './refunds.ts';
import { saleAllocation } from './sale-allocation.ts';
import { saleUnits } from './sale-units.ts';
import { sandboxBooks } from './sandbox-books.ts';
import { shipments } from './shipments.ts';
import { stockBounds } from './stock-bounds.ts';
import { timelineComplete } from './timeline-complete.ts';
import { timelineOnce } from './timeline-once.ts';
import { timelineOrder } from './timeline-order.ts';
import { waitlist } from './waitlist.ts';
import { webhooksDelivered } from './webhooks-delivered.ts';

/** Every rule that the data of the house keeps. */
export const invariants: readonly Invariant[] = [
  stockBounds,
  ledger,
  saleUnits,
  saleAllocation,
  orderReservation,
  buyerLimit,
  orderTotals,
  quotedTotals,
  couponBooks,
  couponBuyers,
  couponOrders,
  waitlist,
  charges,
  refunds,
  shipments,
  sandboxBooks,
  webhooksDelivered,
  outboxDrained,
  holdsEnded,
  poolsFresh,
  heldUnits,
  holdsClaimed,
  timelineOrder,
  timelineOnce,
  timelineComplete,
];
