import { describe, expect, it } from 'vitest';
import type { CouponCard } from '../coupon.ts';
import { createId } from '../ids.ts';
import { limits } from '../limits.ts';
import { currencySchema } from '../money.ts';
import { randomEntries } from '../testing/random-entries.ts';
import {
  createEntry,
  type Entry,
  type EntryType,
  entryTypes,
  type NewEntry,
  type SaleFacts,
} from './entries.ts';
import { comingSales, foldShow, projectShow, reduceShow, runningSales } from './reducer.ts';
import { emptyShowState } from './state.ts';

const seeds = Array.from({ length: 10 }, (_, index) => index + 1);
let sequence = 0;
const numbered = (entry: NewEntry): Entry => {
  sequence += 1;
  return { ...entry, id: `${sequence}-0` } as Entry;
};
const fold = (...entries: NewEntry[]) => foldShow(entries.map(numbered));

describe('the fold of a timeline', () => {
  it('is the same in one go and in two parts, wherever it is cut', () => {
    for (const seed of seeds) {
      const entries = randomEntries(seed, 120);
      const whole = foldShow(entries);
      for (const cut of [0, 1, seed, 60, 119, 120]) {
        expect(foldShow(entries.slice(cut), foldShow(entries.slice(0, cut)))).toEqual(whole);
      }
    }
  });

  it('is not changed by entries that come again, alone or all of them', () => {
    for (const seed of seeds) {
      const entries = randomEntries(seed, 80);
      const whole = foldShow(entries);
      expect(foldShow(entries.flatMap((entry) => [entry, entry]))).toEqual(whole);
      expect(foldShow(entries, whole)).toBe(whole);
    }
  });

  it('survives JSON, so that a snapshot can be folded on', () => {
    for (const seed of seeds) {
      const entries = randomEntries(seed, 80);
      const snapshot = JSON.parse(JSON.stringify(foldShow(entries.slice(0, 40))));
      expect(foldShow(entries.slice(40), snapshot)).toEqual(foldShow(entries));
    }
  });

  it('changes no state that it is given', () => {
    const freeze = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      Object.freeze(value);
      for (const part of Object.values(value)) freeze(part);
    };
    let state = emptyShowState;
    for (const entry of randomEntries(7, 200)) {
      freeze(state);
      state = reduceShow(state, entry);
    }
    expect(state.lastId).not.toBe('0-0');
  });

  it('is tested with every type of entry', () => {
    const seen = new Set<EntryType>(
      seeds.flatMap((seed) => randomEntries(seed, 120)).map(({ type }) => type),
    );
    expect([...seen].sort()).toEqual([...entryTypes].sort());
  });

  it('passes by a type that it does not know, and goes on after it', () => {
    const unknown = { id: '5-0', at: 5, type: 'raffle:drawn', audience: 'all', data: {} } as unknown as Entry;
    expect(reduceShow(emptyShowState, unknown)).toEqual({ ...emptyShowState, lastId: '5-0' });
  });
});

describe('the state of a show', () => {
  it('takes the newest title into its facts, and has none before the show is created', () => {
    const created = createEntry('show:created', 1, {
      title: 'Lamps',
      merchantId: createId('merchant'),
      merchantName: 'Lumen & Co',
      hostId: createId('user'),
      hostName: 'Hana',
      currency: currencySchema.parse('EUR'),
      policy: { guestsMayChat: true, guestsMayBuy: true },
    });
    const renamed = createEntry('show:renamed', 2, { title: 'Lamps at night' });
    expect(fold(created, renamed).facts).toEqual({ ...created.data, title: 'Lamps at night' });
    expect(fold(renamed).facts).toBeNull();
  });

  it('goes back soon when its stream stops, and does not when an older one does', () => {
    const [first, second] = [createId('stream'), createId('stream')];
    const started = [
      createEntry('stream:started', 1, { streamId: first, kinds: [] }),
      createEntry('stream:started', 2, { streamId: second, kinds: [] }),
    ];
    const stopped = (streamId: typeof first) =>
      createEntry('stream:stopped', 3, { streamId, reason: 'connection-lost' });
    expect(fold(...started, stopped(first)).stream).toMatchObject({ kind: 'on', streamId: second });
    expect(fold(...started, stopped(second)).stream).toEqual({ kind: 'gap', streamId: second, since: 3 });
  });

  it('knows the clock of its stream as it was told last', () => {
    const streamId = createId('stream');
    const started = createEntry('stream:started', 1, { streamId, kinds: [], clockOffsetMs: -38 });
    const corrected = (of: typeof streamId) =>
      createEntry('stream:clock-corrected', 2, { streamId: of, clockOffsetMs: 2 });
    expect(fold(started, corrected(streamId)).stream).toMatchObject({ since: 1, clockOffsetMs: 2 });
    expect(fold(started, corrected(createId('stream'))).stream).toMatchObject({ clockOffsetMs: -38 });
    expect(fold(corrected(streamId)).stream).toEqual({ kind: 'none' });
  });

  it('keeps the pin that was set last, and takes off only that one', () => {
    const [first, second] = [createId('product'), createId('product')];
    const pins = [first, second].map((productId) => createEntry('product:pinned', 1, { productId }));
    const unpin = (productId: typeof first) => createEntry('product:unpinned', 2, { productId });
    expect(fold(...pins, unpin(first)).pinnedProductId).toBe(second);
    expect(fold(...pins, unpin(second)).pinnedProductId).toBeNull();
  });

  it('keeps the newest messages, without the deleted ones', () => {
    const messages = Array.from({ length: limits.chatHistory + 5 }, (_, index) =>
      createEntry('chat:sent', index, {
        messageId: createId('message'),
        userId: createId('user'),
        name: 'Vera',
        role: 'viewer',
        text: `${index}`,
      }),
    );
    const last = messages.at(-1);
    if (last?.type !== 'chat:sent') throw new Error('a message was expected');
    const state = fold(...messages, createEntry('chat:deleted', 999, { messageId: last.data.messageId }));
    expect(state.chat).toHaveLength(limits.chatHistory - 1);
    expect(state.chat[0]?.text).toBe('5');
    expect(state.chat.at(-1)?.text).toBe(`${limits.chatHistory + 3}`);
  });

  it('tells running sales, the first to end first', () => {
    const [productId, variants] = [createId('product'), [createId('variant'), createId('variant')]];
    const sales = variants.map((variantId, index) =>
      createEntry('sale:started', 0, {
        saleId: createId('sale'),
        productId,
        variantId,
        units: 5,
        priceMinor: 100,
        perBuyerLimit: 1,
        startsAt: 0,
        endsAt: 2_000 - index * 1_000,
      }),
    );
    const state = fold(...sales);
    expect(runningSales(state, 0).map(({ endsAt }) => endsAt)).toEqual([1_000, 2_000]);
    expect(runningSales(state, 1_500).map(({ endsAt }) => endsAt)).toEqual([2_000]);
    const stopped = Object.keys(state.sales)[0];
    if (stopped === undefined) throw new Error('a sale was expected');
    const ended = createEntry('sale:ended', 1, { saleId: stopped as never, reason: 'stopped' });
    expect(runningSales(foldShow([numbered(ended)], state), 0)).toHaveLength(1);
  });
});

const saleFacts = (change: Partial<SaleFacts> = {}): SaleFacts => ({
  saleId: createId('sale'),
  productId: createId('product'),
  variantId: createId('variant'),
  units: 5,
  priceMinor: 100,
  perBuyerLimit: 1,
  startsAt: 1_000,
  endsAt: 2_000,
  ...change,
});

describe('a sale', () => {
  it('is scheduled, comes, runs and is over, whatever the clock says of its beginning', () => {
    const facts = saleFacts();
    const scheduled = createEntry('sale:scheduled', 1, facts);
    const announced = createEntry('sale:announced', 2, facts);
    const started = createEntry('sale:started', 3, facts);
    expect(comingSales(fold(scheduled), 500)).toEqual([]);
    expect(comingSales(fold(scheduled, announced), 500)).toMatchObject([{ phase: 'announced' }]);
    expect(runningSales(fold(scheduled, announced), 1_000)).toMatchObject([{ phase: 'announced' }]);
    const state = fold(scheduled, announced, started);
    expect(runningSales(state, 1_999)).toMatchObject([{ phase: 'running' }]);
    expect([runningSales(state, 2_000), comingSales(state, 500)]).toMatchObject([[], [{ phase: 'running' }]]);
  });

  it('that ended while it was scheduled never comes', () => {
    const facts = saleFacts();
    const ended = createEntry('sale:ended', 2, { saleId: facts.saleId, reason: 'stopped' });
    const state = fold(createEntry('sale:scheduled', 1, facts), ended);
    expect(comingSales(state, 500)).toEqual([]);
    expect(state.sales[facts.saleId]?.endReason).toBe('stopped');
  });

  it('lasts longer once it is extended', () => {
    const facts = saleFacts();
    const extended = createEntry('sale:extended', 2, { saleId: facts.saleId, endsAt: 3_000 });
    expect(runningSales(fold(createEntry('sale:started', 1, facts), extended), 2_500)).toHaveLength(1);
  });

  it('has units again after it was restocked, and more of them when some were added', () => {
    const facts = saleFacts();
    const { saleId } = facts;
    const soldOut = [createEntry('sale:started', 1, facts), createEntry('sale:sold-out', 2, { saleId })];
    expect(fold(...soldOut).sales[saleId]).toMatchObject({ soldOut: true, units: 5 });
    const back = createEntry('sale:restocked', 3, { saleId });
    expect(fold(...soldOut, back).sales[saleId]).toMatchObject({ soldOut: false, units: 5 });
    const more = createEntry('sale:restocked', 3, { saleId, units: 8 });
    expect(fold(...soldOut, more).sales[saleId]).toMatchObject({ soldOut: false, units: 8 });
  });

  it('that is scheduled leaves the running one of its variant alone, and replaces it once it is announced', () => {
    const running = saleFacts();
    const next = saleFacts({ variantId: running.variantId, startsAt: 5_000, endsAt: 6_000 });
    const entries = [createEntry('sale:started', 1, running), createEntry('sale:scheduled', 2, next)];
    expect(Object.keys(fold(...entries).sales)).toEqual([running.saleId, next.saleId]);
    const announced = fold(...entries, createEntry('sale:announced', 3, next));
    expect(Object.keys(announced.sales)).toEqual([next.saleId]);
  });
});

describe('a pinned coupon', () => {
  const card = (): CouponCard => ({
    couponId: createId('coupon'),
    code: 'LAMPS10',
    title: 'Opening night',
    benefit: { kind: 'percent', percent: 10 },
    currency: currencySchema.parse('EUR'),
    minItemsMinor: 0,
    endsAt: null,
  });

  it('is the one that was pinned last, until it is unpinned or the show ends', () => {
    const [first, second] = [card(), card()];
    const pins = [first, second].map((coupon) => createEntry('coupon:pinned', 1, coupon));
    const unpin = (couponId: CouponCard['couponId']) => createEntry('coupon:unpinned', 2, { couponId });
    expect(fold(...pins, unpin(first.couponId)).pinnedCoupon).toEqual(second);
    expect(fold(...pins, unpin(second.couponId)).pinnedCoupon).toBeNull();
    const ended = createEntry('show:ended', 2, { reason: 'ended-by-host' });
    expect(fold(...pins, ended).pinnedCoupon).toBeNull();
  });
});

describe('a projection', () => {
  it('hides sales that are only scheduled from viewers, also when such a sale was taken back', () => {
    const [secret, open] = [saleFacts(), saleFacts()];
    const state = fold(
      createEntry('sale:scheduled', 1, secret),
      createEntry('sale:announced', 2, open),
      createEntry('sale:ended', 3, { saleId: secret.saleId, reason: 'stopped' }),
    );
    const seenBy = (isStaff: boolean) =>
      Object.keys(projectShow(state, { userId: createId('user'), isStaff }).sales);
    expect(seenBy(false)).toEqual([open.saleId]);
    expect(seenBy(true).sort()).toEqual([open.saleId, secret.saleId].sort());
  });

  it("shows staff everybody's mutes and moderators, and others only their own", () => {
    const [first, second] = [createId('user'), createId('user')];
    const state = fold(
      ...[first, second].flatMap((userId) => [
        createEntry('user:muted', 1, { userId, until: 9, reason: '' }, userId),
        createEntry('role:granted', 2, { userId, name: 'Mo', role: 'moderator' }, userId),
      ]),
      createEntry('order:changed', 3, { orderId: createId('order'), status: 'paid' }, first),
    );
    const own = projectShow(state, { userId: first, isStaff: false });
    expect([Object.keys(own.mutes), Object.keys(own.moderators), own.orders]).toEqual([[first], [first], {}]);
    const staff = projectShow(state, { userId: createId('user'), isStaff: true });
    expect([Object.keys(staff.mutes), Object.keys(staff.moderators), staff.orders]).toEqual([
      [first, second],
      [first, second],
      {},
    ]);
  });
});
