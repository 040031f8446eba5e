import type { Address, Hold } from '@souk/protocol/http/buying';
import { createId, type OrderId } from '@souk/protocol/ids';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import { createDatabase } from '../db/database.ts';
import type { Caller } from '../http/caller.ts';
import { createShopFacts } from '../inventory/shop-facts.ts';
import { createBanGuard } from '../moderation/ban-guard.ts';
import { computeTotals } from '../pricing/totals.ts';
import { type NamedStatement, toClaimStatement } from './claim-statement.ts';
import type { StoredQuote } from './quote-repository.ts';
import { writeOrder } from './write-order.ts';

/** A hold that becomes an order. */
export interface Claim {
  readonly buyer: Caller;
  readonly hold: Hold;
  readonly address: Address;
}

/** The claim by itself, for the bench: no HTTP, no Redis, no payment, and nobody who relays what it writes. */
export interface ClaimUseCase {
  /** As `order:place` does it. Throws AppError HOLD_LOST. */
  claim(claim: Claim): Promise<OrderId>;
  close(): Promise<void>;
}

export interface ClaimUseCaseOptions {
  readonly databaseUrl: string;
  readonly connections: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

const GATEWAY = 'sandbox';
const PAY_WINDOW_MS = 600_000;

/** Puts the claim together on connections of its own. */
export function createClaimUseCase(options: ClaimUseCaseOptions): ClaimUseCase {
  const { databaseUrl, connections, clock, logger } = options;
  const db = createDatabase({ url: databaseUrl, logger, maxConnections: connections, name: 'claims' });
  const facts = createShopFacts({ db, banGuard: createBanGuard({ orm: db.orm, clock }), clock });
  const deps = { db, facts, gatewayName: GATEWAY, payWindowMs: PAY_WINDOW_MS, clock };
  return {
    async claim({ buyer, hold, address }) {
      const key = createId('command');
      const stored = quoteOf(hold, address);
      const wish = { quoteId: stored.quote.id, address };
      const attempt = { caller: buyer, key, wish, requestHash: key };
      return (await writeOrder(deps, attempt, stored, [hold])).orderId;
    },
    close: () => db.close(),
  };
}

/** The guarded statement of a claim, all of it, as it goes to PostgreSQL. */
export function renderClaimStatement({ buyer, hold, address }: Claim): NamedStatement {
  const now = Date.now();
  return toClaimStatement({
    orderId: createId('order'),
    buyer,
    email: undefined,
    holds: [hold],
    ...quoteOf(hold, address),
    address,
    gateway: GATEWAY,
    idempotencyKey: createId('command'),
    requestHash: hold.id,
    payBefore: now + PAY_WINDOW_MS,
    now,
  });
}

/** A quote as `quote:create` would have stored it. */
function quoteOf({ id, merchantId, lines, currency }: Hold, { country }: Address): StoredQuote {
  const none = { shippingMinor: 0, discountMinor: 0, dutiesMinor: 0 };
  return {
    couponId: null,
    quote: {
      ...{ id: createId('quote'), merchantId, holdIds: [id], country, lines: [], coupon: null, expiresAt: 0 },
      totals: computeTotals({ lines, currency, country, ...none }),
    },
  };
}
