import type { PictureId, ProductId, ShowId } from '@souk/protocol/ids';
import type { PlannedRequest } from '../../generator/plan.ts';
import type { Buyer } from '../acts/sign-buyers.ts';

/** What there is to look at, and who looks. */
export interface Sights {
  readonly showIds: readonly ShowId[];
  readonly productIds: readonly ProductId[];
  readonly pictureIds: readonly PictureId[];
  /** The pages of the shop, as their cursors were given out. */
  readonly shopPaths: readonly string[];
  readonly visitors: readonly Buyer[];
}

type Look = Pick<PlannedRequest, 'kind' | 'path'>;

/** What a page asks of the API when it is opened, by its share of the requests. */
const mix: readonly { readonly share: number; readonly look: (sights: Sights, turn: number) => Look }[] = [
  // The watch page: the show with its line-up (products, prices, stock), and the cart.
  {
    share: 3,
    look: ({ showIds }, turn) => ({ kind: 'show:get', path: `/api/shows/${pick(showIds, turn)}` }),
  },
  { share: 1, look: () => ({ kind: 'hold:list', path: '/api/holds' }) },
  // The pages of products, and the shop that leads to them.
  {
    share: 2,
    look: ({ productIds }, turn) => ({
      kind: 'product:get',
      path: `/api/products/${pick(productIds, turn)}`,
    }),
  },
  { share: 1, look: ({ shopPaths }, turn) => ({ kind: 'shop:get', path: pick(shopPaths, turn) }) },
  // The pictures on all of them, from all over the catalogue.
  {
    share: 3,
    look: ({ pictureIds }, turn) => ({
      kind: 'picture',
      path: `/api/pictures/${pick(pictureIds, turn)}`,
    }),
  },
  // The lobby that leads to the shows.
  { share: 1, look: () => ({ kind: 'show:list', path: '/api/shows' }) },
];

const rota = mix.flatMap(({ share, look }) => Array.from({ length: share }, () => look));
/** Coprime to the rota and to round sizes, so that everything meets everything. */
const STRIDE = 7_919;

/** That many requests, evenly mixed; the same ones in every run. */
export function planLooks(sights: Sights, count: number): PlannedRequest[] {
  return Array.from({ length: count }, (_, turn) => {
    const look = pick(rota, turn);
    const { token } = pick(sights.visitors, turn);
    // Shifted by one each round, or a kind would only ever see every tenth thing.
    return { ...look(sights, turn + Math.floor(turn / rota.length)), method: 'GET', token };
  });
}

function pick<Item>(items: readonly Item[], turn: number): Item {
  const item = items[(turn * STRIDE) % items.length];
  if (item === undefined) throw new RangeError('there is nothing to pick from');
  return item;
}
