import type { SaleId, ShowId, VariantId } from '@souk/protocol/ids';
import type { Random } from '@souk/protocol/testing/random';
import { signBuyers } from '../scenarios/acts/sign-buyers.ts';
import { type Cart, type Experience, type Intent, shop } from './buyer.ts';
import { createHonestApi } from './honest-api.ts';
import type { ChaosHouse } from './house.ts';

/** What is for sale in one round. */
export interface Wares {
  readonly showId: ShowId;
  /** Of the flash sales, each with its variant. */
  readonly sales: readonly { readonly saleId: SaleId; readonly variantId: VariantId }[];
  /** At the ordinary price; the sales' variants are among them. */
  readonly variantIds: readonly VariantId[];
}

export interface Crowd {
  /** Buyers who have begun and do not know yet how it ended. */
  inFlight(): number;
  /** Calls back whenever that number changes. Returns how to end that. */
  onChange(listener: () => void): () => void;
  /** What everybody has been told; resolves when all are done. */
  readonly experiences: Promise<Experience[]>;
  /** How often a server said that it went wrong itself, by command. */
  readonly internals: ReadonlyMap<string, number>;
}

export interface CrowdOptions {
  readonly house: Pick<ChaosHouse, 'commerceUrls' | 'signingKey'>;
  readonly wares: Wares;
  readonly random: Random;
  /** Buyers of the flash sales, and buyers of mixed carts. */
  readonly saleBuyers: number;
  readonly cartBuyers: number;
  /** Aborted when everybody gives up. */
  readonly signal: AbortSignal;
}

/** Of a hundred buyers. */
const shares: readonly (readonly [Intent, number])[] = [
  ['pay', 70],
  ['pay-badly', 8],
  ['walk-away', 5],
  ['release', 4],
  ['order-only', 4],
  ['cancel', 4],
  ['cancel-paid', 5],
];

/** Lets everybody buy at once. */
export async function startCrowd(options: CrowdOptions): Promise<Crowd> {
  const { house, random, saleBuyers, cartBuyers, signal } = options;
  const people = await signBuyers(house, saleBuyers + cartBuyers);
  const internals = new Map<string, number>();
  const listeners = new Set<() => void>();
  let inFlight = people.length;
  const change = (): void => {
    inFlight -= 1;
    for (const listener of listeners) listener();
  };
  const visits = people.map(async ({ userId, token }, seat) => {
    const own = random.fork(`buyer ${seat}`);
    const api = createHonestApi({
      urls: house.commerceUrls,
      accessToken: token,
      random: own,
      signal,
      onInternal: (command) => internals.set(command, (internals.get(command) ?? 0) + 1),
    });
    const cart = seat < saleBuyers ? oneOfSale(options.wares, own) : mixedCart(options.wares, own);
    return shop({ userId, api, intent: pickIntent(own), cart, signal }).finally(change);
  });
  return {
    inFlight: () => inFlight,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    experiences: Promise.all(visits),
    internals,
  };
}

function pickIntent(random: Random): Intent {
  let rest = random.between(1, 100);
  for (const [intent, share] of shares) {
    rest -= share;
    if (rest <= 0) return intent;
  }
  return 'pay';
}

function oneOfSale({ showId, sales }: Wares, random: Random): Cart {
  const { saleId, variantId } = random.pick(sales);
  return { showId, lines: [{ variantId, saleId, quantity: 1 }] };
}

/** Two variants at their ordinary prices, now and then with a unit of a sale. */
function mixedCart({ showId, sales, variantIds }: Wares, random: Random): Cart {
  const ordinary = random.shuffle(variantIds).slice(0, 2);
  const lines = ordinary.map((variantId) => ({ variantId, saleId: null, quantity: random.between(1, 2) }));
  if (random.next() < 0.5) return { showId, lines };
  const { saleId, variantId } = random.pick(sales);
  return { showId, lines: [...lines, { variantId, saleId, quantity: 1 }] };
}
