import type { Hold } from '@souk/protocol/http/buying';
import { createId, type HoldId, type SaleId, type ShowId, type VariantId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import type { CrashSeam } from '../crash-seam.ts';
import type { Caller } from '../http/caller.ts';
import type { Availability } from './availability.ts';
import type { HoldScriptAnswer } from './hold-scripts.ts';
import type { HoldStore, HoldView, TakeRequest } from './hold-store.ts';
import { toPoolLines } from './pool-lines.ts';
import type { ShopFacts, ShopShow } from './shop-facts.ts';
import type { SoldOutMemory } from './sold-out-memory.ts';

export interface CartLine {
  readonly variantId: VariantId;
  readonly saleId: SaleId | null;
  readonly quantity: number;
}

export interface TakeHoldDeps {
  readonly crash: CrashSeam;
  readonly facts: ShopFacts;
  readonly holds: HoldStore;
  readonly availability: Availability;
  readonly soldOutMemory: SoldOutMemory;
  readonly clock: Clock;
  readonly holdWindowMs: number;
}

type HoldLine = Hold['lines'][number];
export type TakeHold = (
  caller: Caller,
  showId: ShowId,
  cart: readonly CartLine[],
) => Promise<{ hold: Hold; serverTime: number }>;

/** A pool that Redis has lost is loaded, and the hold tried again, this often. */
const MAX_LOADS = 3;

/**
 * Holds the whole cart or nothing, at the prices of this moment. Throws AppError: SHOW_NOT_LIVE, SHOW_ENDED,
 * GUESTS_NOT_ALLOWED, BANNED, VARIANT_NOT_FOUND, MIXED_CART, PRODUCT_NOT_IN_LINEUP, SALE_NOT_FOUND, SALE_NOT_OPEN,
 * BUYER_LIMIT_REACHED (of a sale), HOLD_LIMIT_REACHED (of all that one buyer may hold), SOLD_OUT.
 */
export function createTakeHold(deps: TakeHoldDeps): TakeHold {
  return async (caller, showId, cart) => {
    const show = await deps.facts.getShow(showId);
    assertMayBuy(show, caller);
    await deps.facts.assertNotBanned(showId, caller.userId);
    const view = await prepareHold(deps.facts, show, createId('hold'), cart);
    if (isKnownSoldOut(deps.soldOutMemory, view)) throw soldOut;
    const askedAt = deps.clock.now();
    const request = { view, buyerId: caller.userId, windowMs: deps.holdWindowMs };
    const answer = await takeLoaded(deps, request);
    if (answer.code === 'SOLD_OUT') remember(deps.soldOutMemory, view, askedAt);
    if (answer.code !== 'OK' || answer.expiresAt === undefined) throw refusal(answer.code);
    deps.crash.reach('after-hold');
    return { hold: { ...view, status: 'active', expiresAt: answer.expiresAt }, serverTime: answer.now };
  };
}

/** Not made anew for each of the many who hear it. */
const soldOut = new AppError('SOLD_OUT');

const isKnownSoldOut = (memory: SoldOutMemory, { lines }: HoldView): boolean =>
  lines.some(({ saleId }) => saleId !== null && memory.has(saleId));

/** Only who wanted a single unit, and nothing else, has learnt that there is none. */
function remember(memory: SoldOutMemory, { lines }: HoldView, askedAt: number): void {
  const [line] = lines;
  if (lines.length === 1 && line?.quantity === 1 && line.saleId !== null) memory.learn(line.saleId, askedAt);
}

/** Throws AppError SHOW_ENDED, SHOW_NOT_LIVE, GUESTS_NOT_ALLOWED. */
export function assertMayBuy(show: ShopShow, caller: Caller): void {
  if (show.status === 'ended') throw new AppError('SHOW_ENDED');
  if (show.status !== 'live') throw new AppError('SHOW_NOT_LIVE');
  if (caller.isGuest && !show.guestsMayBuy) throw new AppError('GUESTS_NOT_ALLOWED');
}

/** What a hold of this cart looks like, at the prices of this moment. Throws AppError as `TakeHold` does. */
export async function prepareHold(
  facts: ShopFacts,
  show: ShopShow,
  holdId: HoldId,
  cart: readonly CartLine[],
): Promise<HoldView> {
  const lines = await Promise.all(mergeLines(cart).map((line) => priceLine(facts, show, line)));
  return { id: holdId, merchantId: show.merchantId, showId: show.id, currency: show.currency, lines };
}

/** Lines that draw on the same pool become one. */
function mergeLines(cart: readonly CartLine[]): CartLine[] {
  const byPool = new Map<string, CartLine>();
  for (const line of cart) {
    const pool = line.saleId ?? line.variantId;
    const quantity = (byPool.get(pool)?.quantity ?? 0) + line.quantity;
    if (quantity > limits.lineQuantity)
      throw new AppError('INVALID_INPUT', { detail: 'quantity per variant' });
    byPool.set(pool, { ...line, quantity });
  }
  return [...byPool.values()];
}

async function priceLine(facts: ShopFacts, show: ShopShow, line: CartLine): Promise<HoldLine> {
  const [variant, sale] = await Promise.all([
    facts.getVariant(line.variantId),
    line.saleId === null ? undefined : facts.getSale(line.saleId),
  ]);
  if (variant.merchantId !== show.merchantId) throw new AppError('MIXED_CART');
  if (!show.lineup.has(variant.productId)) throw new AppError('PRODUCT_NOT_IN_LINEUP');
  if (sale !== undefined && (sale.showId !== show.id || sale.variantId !== variant.variantId))
    throw new AppError('SALE_NOT_FOUND');
  // A sale on a bundle sells what it was made of when the units were set aside.
  const parts = sale === undefined ? variant.parts : sale.parts;
  return {
    variantId: variant.variantId,
    productId: variant.productId,
    title: variant.title,
    variantLabel: variant.label,
    pictureUrl: variant.pictureUrl,
    saleId: line.saleId,
    quantity: line.quantity,
    unitPriceMinor: sale?.priceMinor ?? variant.priceMinor,
    ...(parts ? { parts: [...parts] } : {}),
  };
}

/** Takes a hold, loads what Redis has lost, and tells viewers of the counts. Gives back what the script says. */
export async function takeLoaded(
  { holds, availability }: Pick<TakeHoldDeps, 'holds' | 'availability'>,
  request: Omit<TakeRequest, 'lines'>,
): Promise<HoldScriptAnswer<'take-hold'>> {
  const { view } = request;
  const lines = toPoolLines(view.lines);
  for (let loads = 0; ; loads += 1) {
    const answer = await holds.take({ ...request, lines });
    availability.changed(view.merchantId, answer.left);
    if (answer.code !== 'NOT_LOADED' || loads === MAX_LOADS) return answer;
    await availability.refresh(view.merchantId, {
      variantIds: lines.flatMap(({ pool, saleId }) => (saleId === '' ? [pool as VariantId] : [])),
      saleIds: lines.flatMap(({ saleId }) => (saleId === '' ? [] : [saleId])),
    });
  }
}

function refusal(code: HoldScriptAnswer<'take-hold'>['code']): AppError {
  return code === 'OK' || code === 'NOT_LOADED'
    ? new AppError('UNAVAILABLE', { detail: `hold: ${code}` })
    : new AppError(code);
}
