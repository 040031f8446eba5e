import type { Payouts } from '@souk/protocol/http/desk-payments';
import type { MerchantId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { and, count, eq, isNull } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { merchants } from '../../db/schema/accounts.ts';
import { createShortCache } from '../../inventory/short-cache.ts';
import type { PaymentGateway } from '../payment-gateway.ts';

/** What is known of a shop's own account at the payment service. */
export interface PayeeFacts {
  readonly payeeAccount: string | null;
  readonly payeeReady: boolean;
}

/** Who gets the money of which shop. */
export interface Payees {
  /** The account for a shop's payments; null: the house's own. Throws AppError PAYOUTS_NOT_READY. */
  choose(facts: PayeeFacts): Promise<string | null>;
  /** For quotes and orders. Throws AppError PAYOUTS_NOT_READY, MERCHANT_NOT_FOUND. */
  assertReady(merchantId: MerchantId): Promise<void>;
  /** Asks the payment service again while the account is not ready. Throws AppError MERCHANT_NOT_FOUND. */
  get(merchantId: MerchantId): Promise<Payouts>;
  /** Opens the shop's account, once, and gives back where the merchant completes it. Throws AppError PAYMENT_UNAVAILABLE. */
  connect(merchantId: MerchantId): Promise<string>;
}

export interface PayeesDeps {
  readonly db: Database;
  readonly gateway: PaymentGateway;
  readonly clock: Clock;
  /** Origin of the house: merchants come back to its desk. */
  readonly publicOrigin: string;
}

const CACHE_MS = 5_000;

export function createPayees({ db, gateway, clock, publicOrigin }: PayeesDeps): Payees {
  const { payees: desk } = gateway;
  const shops = createShortCache({ load: () => countMerchants(db), ttlMs: CACHE_MS, clock });
  const facts = createShortCache({ load: (id: MerchantId) => getFacts(db, id), ttlMs: CACHE_MS, clock });
  const isNeeded = async (): Promise<boolean> => desk.areNeeded && (await shops.get('all')) > 1;
  const choose = async ({ payeeAccount, payeeReady }: PayeeFacts): Promise<string | null> => {
    if (payeeAccount !== null && payeeReady) return payeeAccount;
    if (await isNeeded()) throw new AppError('PAYOUTS_NOT_READY');
    return null;
  };
  return {
    choose,
    async assertReady(merchantId) {
      if (desk.areNeeded) await choose(await facts.get(merchantId));
    },
    async get(merchantId) {
      const { payeeAccount, payeeReady } = await getFacts(db, merchantId);
      if (payeeAccount === null)
        return (await isNeeded())
          ? { mode: 'connected', status: 'missing' }
          : { mode: 'platform', status: 'ready' };
      const isReady = payeeReady || (await askAgain({ db, gateway }, payeeAccount));
      return { mode: 'connected', status: isReady ? 'ready' : 'incomplete' };
    },
    async connect(merchantId) {
      const { payeeAccount, name } = await getFacts(db, merchantId);
      const payee = payeeAccount ?? (await desk.open({ merchantId, name }));
      if (payeeAccount === null)
        await db.orm
          .update(merchants)
          .set({ payeeAccount: payee, payeeReady: false })
          .where(and(eq(merchants.id, merchantId), isNull(merchants.payeeAccount)));
      const back = new URL('/desk', publicOrigin);
      const refresh = new URL('/desk?payouts=again', publicOrigin);
      return desk.createLink(payee, { returnUrl: back.href, refreshUrl: refresh.href });
    },
  };
}

async function countMerchants({ orm }: Database): Promise<number> {
  const [row] = await orm.select({ all: count() }).from(merchants);
  return row?.all ?? 0;
}

async function getFacts({ orm }: Database, merchantId: MerchantId): Promise<PayeeFacts & { name: string }> {
  const [row] = await orm
    .select({
      name: merchants.name,
      payeeAccount: merchants.payeeAccount,
      payeeReady: merchants.payeeReady,
    })
    .from(merchants)
    .where(eq(merchants.id, merchantId));
  if (row === undefined) throw new AppError('MERCHANT_NOT_FOUND');
  return row;
}

interface RefreshDeps {
  readonly db: Database;
  readonly gateway: Pick<PaymentGateway, 'payees'>;
}

/** Notes whether an account can take payments now; accounts of others are left alone. Throws AppError PAYMENT_UNAVAILABLE. */
export async function refreshPayee({ db: { orm }, gateway }: RefreshDeps, payee: string): Promise<boolean> {
  const isOurs = eq(merchants.payeeAccount, payee);
  const [shop] = await orm.select({ id: merchants.id }).from(merchants).where(isOurs);
  if (shop === undefined) return false;
  const payeeReady = await gateway.payees.isReady(payee);
  await orm.update(merchants).set({ payeeReady }).where(isOurs);
  return payeeReady;
}

/** The webhook that says so may have got lost. A payment service that is away does not keep the desk from showing. */
async function askAgain(deps: RefreshDeps, payee: string): Promise<boolean> {
  return refreshPayee(deps, payee).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'PAYMENT_UNAVAILABLE') return false;
    throw error;
  });
}
