import type { ProductCard } from '../catalog.ts';
import { banScopes, chatAudiences, openChatFilter } from '../chat.ts';
import type { CouponCard } from '../coupon.ts';
import { createId } from '../ids.ts';
import { currencySchema } from '../money.ts';
import {
  createEntry,
  type Entry,
  type MessageFacts,
  type NewEntry,
  type SaleFacts,
} from '../timeline/entries.ts';
import { createRandom } from './random.ts';

/** A plausible show in random order: few ids, so that entries meet one another. Ids rise, sometimes within a millisecond. */
export function randomEntries(seed: number, count: number): Entry[] {
  const random = createRandom(seed);
  const makers = createMakers(random.pick);
  let ms = 1_000;
  let sequence = 0;
  return Array.from({ length: count }, () => {
    const isSameMs = random.maybe(0.3);
    ms += isSameMs ? 0 : random.between(1, 50);
    sequence = isSameMs ? sequence + 1 : 0;
    return { ...random.pick(makers)(ms), id: `${ms}-${sequence}` } as Entry;
  });
}

function createMakers(pick: <Item>(items: readonly Item[]) => Item): readonly ((at: number) => NewEntry)[] {
  const several = <Id>(make: () => Id): Id[] => Array.from({ length: 3 }, make);
  const users = several(() => createId('user'));
  const messages = several(() => createId('message'));
  const streams = several(() => createId('stream'));
  const sales = several(() => createId('sale'));
  const orders = several(() => createId('order'));
  const merchantId = createId('merchant');
  const products = several(() => sampleProduct(merchantId));
  const coupons = several(sampleCoupon);
  const saleFacts = (startsAt: number): SaleFacts => {
    const product = pick(products);
    return {
      saleId: pick(sales),
      productId: product.id,
      variantId: pick(product.variants).id,
      units: 10,
      priceMinor: 900,
      perBuyerLimit: 1,
      startsAt,
      endsAt: startsAt + 30_000,
    };
  };
  const reports = several(() => createId('report'));
  const message = (): MessageFacts => ({
    messageId: pick(messages),
    userId: pick(users),
    name: 'Vera',
    role: 'viewer',
    text: 'hello',
  });
  const policy = () => ({ guestsMayChat: pick([true, false]), guestsMayBuy: true });
  return [
    (at) =>
      createEntry('show:created', at, {
        title: 'Autumn lamps',
        merchantId,
        merchantName: 'Lumen & Co',
        hostId: pick(users),
        hostName: 'Hana',
        currency: currencySchema.parse('EUR'),
        policy: policy(),
      }),
    (at) => createEntry('show:renamed', at, { title: pick(['Winter lamps', 'Spring lamps']) }),
    (at) => createEntry('show:went-live', at, {}),
    (at) => createEntry('show:ended', at, { reason: pick(['ended-by-host', 'host-gone'] as const) }),
    (at) => createEntry('policy:changed', at, policy()),
    (at) => createEntry('stream:started', at, { streamId: pick(streams), kinds: ['audio', 'video'] }),
    (at) =>
      createEntry('stream:clock-corrected', at, { streamId: pick(streams), clockOffsetMs: pick([-20, 3]) }),
    (at) => createEntry('stream:stopped', at, { streamId: pick(streams), reason: 'connection-lost' }),
    (at) => createEntry('stream-key:revoked', at, { keyId: createId('streamKey') }),
    (at) => createEntry('lineup:changed', at, { products: products.slice(0, pick([0, 1, 2, 3])) }),
    (at) => createEntry('product:pinned', at, { productId: pick(products).id }),
    (at) => createEntry('product:unpinned', at, { productId: pick(products).id }),
    (at) => createEntry('sale:scheduled', at, saleFacts(at + 60_000)),
    (at) => createEntry('sale:announced', at, saleFacts(at + 10_000)),
    (at) => createEntry('sale:started', at, saleFacts(at)),
    (at) => createEntry('sale:extended', at, { saleId: pick(sales), endsAt: at + 90_000 }),
    (at) => createEntry('sale:sold-out', at, { saleId: pick(sales) }),
    (at) => createEntry('sale:restocked', at, { saleId: pick(sales), ...pick([{}, { units: 15 }]) }),
    (at) => createEntry('coupon:pinned', at, pick(coupons)),
    (at) => createEntry('coupon:unpinned', at, { couponId: pick(coupons).couponId }),
    (at) =>
      createEntry('sale:ended', at, { saleId: pick(sales), reason: pick(['time-up', 'stopped'] as const) }),
    (at) =>
      createEntry('chat:sent', at, { ...message(), messageId: pick([...messages, createId('message')]) }),
    (at) => hideFrom(pick(users), createEntry('chat:sent', at, message())),
    (at) => createEntry('chat:deleted', at, { messageId: pick(messages) }),
    (at) => createEntry('chat:repeated', at, { messageId: pick(messages), userId: pick(users) }),
    (at) => forPerson('chat:held', at, { ...message(), cause: 'blocked-word' }),
    (at) => createEntry('chat:purged', at, { userId: pick(users), messageIds: [pick(messages)] }),
    (at) => createEntry('chat:pinned', at, message()),
    (at) => createEntry('chat:unpinned', at, { messageId: pick(messages) }),
    (at) =>
      createEntry('chat-policy:changed', at, {
        who: pick(chatAudiences),
        slowSeconds: pick([0, 10]),
        linksAllowed: pick([true, false]),
      }),
    (at) => createEntry('chat-filter:changed', at, { ...openChatFilter, words: pick([[], ['scam']]) }),
    (at) =>
      forPerson('user:banned', at, { userId: pick(users), name: 'Vera', scope: pick(banScopes), reason: '' }),
    (at) => forPerson('user:unbanned', at, { userId: pick(users), scope: pick(banScopes) }),
    (at) => createEntry('users:banned', at, { userIds: [pick(users)] }),
    (at) => createEntry('user:shadow-banned', at, { userId: pick(users), name: 'Vera', reason: '' }),
    (at) => createEntry('user:shadow-unbanned', at, { userId: pick(users) }),
    (at) => forPerson('user:disconnected', at, { userId: pick(users), reason: '' }),
    (at) =>
      createEntry('report:filed', at, {
        reportId: pick(reports),
        messageId: pick([null, ...messages]),
        userId: pick(users),
        name: 'Vera',
        reason: 'spam',
        note: '',
        count: 1,
      }),
    (at) => createEntry('report:resolved', at, { reportId: pick(reports), outcome: 'dismissed' }),
    (at) => forPerson('user:muted', at, { userId: pick(users), until: at + 60_000, reason: '' }),
    (at) => forPerson('user:unmuted', at, { userId: pick(users) }),
    (at) => forPerson('role:granted', at, { userId: pick(users), name: 'Mo', role: 'moderator' }),
    (at) => forPerson('role:revoked', at, { userId: pick(users), role: 'moderator' }),
    (at) => createEntry('hold:ended', at, { holdId: createId('hold'), reason: 'expired' }, pick(users)),
    (at) => createEntry('order:changed', at, { orderId: pick(orders), status: 'paid' }, pick(users)),
    (at) =>
      createEntry(
        'waitlist:offered',
        at,
        { saleId: pick(sales), holdId: createId('hold'), expiresAt: at + 60_000 },
        pick(users),
      ),
    (at) => createEntry('waitlist:ended', at, { saleId: pick(sales), status: 'passed' }, pick(users)),
    (at) => createEntry('payment:ready', at, { orderId: pick(orders) }, pick(users)),
    (at) => createEntry('payment:declined', at, { orderId: pick(orders) }, pick(users)),
  ];
}

type PersonalType =
  | 'chat:held'
  | 'user:muted'
  | 'user:unmuted'
  | 'user:banned'
  | 'user:unbanned'
  | 'user:disconnected'
  | 'role:granted'
  | 'role:revoked';

/** What a shadow-banned person says. */
function hideFrom(userId: string, entry: NewEntry): NewEntry {
  return { ...entry, audience: `staff+user:${userId}` };
}

/** An entry about a person, told to that person and the staff. */
function forPerson<Type extends PersonalType>(
  type: Type,
  at: number,
  data: Parameters<typeof createEntry<Type>>[2],
): NewEntry {
  return createEntry(type, at, data, data.userId);
}

function sampleCoupon(): CouponCard {
  return {
    couponId: createId('coupon'),
    code: 'LAMPS10',
    title: 'Opening night',
    benefit: { kind: 'percent', percent: 10 },
    currency: currencySchema.parse('EUR'),
    minItemsMinor: 0,
    endsAt: null,
  };
}

function sampleProduct(merchantId: ProductCard['merchantId']): ProductCard {
  return {
    id: createId('product'),
    merchantId,
    title: 'Desk lamp',
    description: '',
    pictureUrl: '/api/pictures/lamp.svg',
    currency: currencySchema.parse('EUR'),
    variants: [{ id: createId('variant'), sku: 'LAMP-1', label: '', priceMinor: 3_900, available: 5 }],
  };
}
