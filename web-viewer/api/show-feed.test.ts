import { openChatPolicy } from '@souk/protocol/chat';
import type { Frame } from '@souk/protocol/commands/frames';
import { createId } from '@souk/protocol/ids';
import { createEntry, type Entry, type NewEntry } from '@souk/protocol/timeline/entries';
import { emptyShowState } from '@souk/protocol/timeline/state';
import { describe, expect, it, vi } from 'vitest';
import { createShowFeed } from './show-feed.ts';

const showId = createId('show');
const productId = createId('product');

function pinned(id: string): Entry {
  return { id, at: 1, type: 'product:pinned', audience: 'all', data: { productId } };
}

function withId(entry: NewEntry, id: string): Entry {
  return { ...entry, id } as Entry;
}

function frame(entries: Entry[], upTo: string, more: Partial<Frame> = {}): Frame {
  return { showId, epoch: 'e1', entries, upTo, serverTime: 1, ...more };
}

function joinedFeed() {
  const feed = createShowFeed(showId);
  feed.applyJoin({
    kind: 'snapshot',
    state: { ...emptyShowState, lastId: '5-0', status: 'live' },
    epoch: 'e1',
    levels: { viewers: 3 },
    serverTime: 1,
    isStaff: false,
  });
  return feed;
}

describe('a show feed', () => {
  it('takes a snapshot as it is and remembers its place', () => {
    const feed = joinedFeed();
    expect(feed.store.getState()).toMatchObject({ status: { kind: 'following' }, levels: { viewers: 3 } });
    expect(feed.position()).toEqual({ epoch: 'e1', id: '5-0' });
  });

  it('folds the entries of a frame and goes on to what was sent', () => {
    const feed = joinedFeed();
    feed.applyFrame(frame([pinned('6-0')], '9-0'));
    expect(feed.store.getState().show.pinnedProductId).toBe(productId);
    expect(feed.position()).toEqual({ epoch: 'e1', id: '9-0' });
  });

  it('folds what was missed onto what it has', () => {
    const feed = joinedFeed();
    feed.applyJoin({
      kind: 'missed',
      entries: [pinned('7-0')],
      upTo: '8-0',
      epoch: 'e1',
      levels: {},
      serverTime: 1,
      isStaff: true,
    });
    expect(feed.store.getState()).toMatchObject({ isStaff: true, show: { status: 'live' } });
    expect(feed.store.getState().show.pinnedProductId).toBe(productId);
  });

  it('refuses a frame of another epoch', () => {
    const feed = joinedFeed();
    expect(feed.applyFrame(frame([pinned('6-0')], '6-0', { epoch: 'e2' }))).toBe(false);
    expect(feed.store.getState().show.pinnedProductId).toBeNull();
  });

  it('takes no frame before it knows where it stands', () => {
    const feed = createShowFeed(showId);
    expect(feed.applyFrame(frame([pinned('6-0')], '6-0'))).toBe(false);
    expect(feed.position()).toBeUndefined();
  });

  it('tells an entry once, and keeps its place, when a frame comes that the snapshot had already', () => {
    const feed = joinedFeed();
    const onEntry = vi.fn();
    feed.onEntry(onEntry);
    feed.applyFrame(frame([pinned('4-0'), pinned('5-0')], '5-0'));
    feed.applyFrame(frame([pinned('3-0')], '3-0'));
    expect(onEntry).not.toHaveBeenCalled();
    expect(feed.position()).toEqual({ epoch: 'e1', id: '5-0' });
  });

  it('forgets its place, and for another person also the orders', () => {
    const feed = joinedFeed();
    const [orderId, userId] = [createId('order'), createId('user')];
    const data = { orderId, status: 'paid' } as const;
    feed.applyFrame(
      frame([{ id: '6-0', at: 1, type: 'order:changed', audience: `user:${userId}`, data }], '6-0'),
    );
    feed.forget('position');
    expect(feed.position()).toBeUndefined();
    expect(feed.store.getState().show.orders[orderId]).toBe('paid');
    feed.forget('person');
    expect(feed.store.getState().show.orders).toEqual({});
  });

  it('keeps its own orders when a snapshot comes, which has none', () => {
    const feed = joinedFeed();
    const orderId = createId('order');
    const changed: Entry = {
      id: '6-0',
      at: 1,
      type: 'order:changed',
      audience: `user:${createId('user')}`,
      data: { orderId, status: 'paid' },
    };
    feed.applyFrame(frame([changed], '6-0'));
    feed.applyJoin({
      kind: 'snapshot',
      state: { ...emptyShowState, lastId: '9-0' },
      epoch: 'e2',
      levels: {},
      serverTime: 1,
      isStaff: false,
    });
    expect(feed.store.getState().show.orders[orderId]).toBe('paid');
  });

  it('tells listeners of new entries and reactions until they stop', () => {
    const feed = joinedFeed();
    const onEntry = vi.fn();
    const onReactions = vi.fn();
    const stop = feed.onEntry(onEntry);
    feed.onReactions(onReactions);
    feed.applyFrame(frame([pinned('6-0')], '6-0', { levels: { reactions: { '🔥': 2 } } }));
    stop();
    feed.applyFrame(frame([pinned('7-0')], '7-0'));
    expect(onEntry).toHaveBeenCalledTimes(1);
    expect(onReactions).toHaveBeenCalledExactlyOnceWith({ '🔥': 2 });
  });

  it('keeps back what the host shows until the picture is there, and nothing else', () => {
    const feed = joinedFeed();
    feed.playback.frame(Date.now() - 2_000);
    const at = Date.now() - 1_000;
    const said = createEntry('chat-policy:changed', at, { ...openChatPolicy, slowSeconds: 5 });
    feed.applyFrame(frame([{ ...pinned('6-0'), at }, withId(said, '7-0')], '7-0'));
    expect(feed.store.getState().show).toMatchObject({
      pinnedProductId: null,
      chatPolicy: { slowSeconds: 5 },
    });
    expect(feed.position()).toEqual({ epoch: 'e1', id: '7-0' });
    feed.playback.frame(at + 10);
    expect(feed.store.getState().show.pinnedProductId).toBe(productId);
  });

  it('shows no sale before the picture does, and takes the end of one from the server at once', () => {
    const feed = joinedFeed();
    feed.playback.frame(Date.now() - 2_000);
    const saleId = createId('sale');
    const facts = {
      saleId,
      productId,
      variantId: createId('variant'),
      units: 3,
      priceMinor: 100,
      perBuyerLimit: 1,
    };
    const times = { startsAt: Date.now(), endsAt: Date.now() + 60_000 };
    const started = createEntry('sale:started', Date.now(), { ...facts, ...times });
    feed.applyFrame(frame([withId(started, '6-0')], '6-0'));
    expect(feed.store.getState().show.sales).toEqual({});
    const ended = createEntry('sale:ended', Date.now(), { saleId, reason: 'stopped' });
    feed.applyFrame(frame([withId(ended, '7-0')], '7-0'));
    feed.playback.frame(Date.now());
    expect(feed.store.getState().show.sales[saleId]?.endReason).toBe('stopped');
  });

  it('shows a snapshot as of now, whatever waited', () => {
    const feed = joinedFeed();
    feed.playback.frame(Date.now() - 2_000);
    feed.applyFrame(frame([{ ...pinned('6-0'), at: Date.now() }], '6-0'));
    const state = { ...emptyShowState, lastId: '8-0', status: 'live' } as const;
    feed.applyJoin({ kind: 'snapshot', state, epoch: 'e2', levels: {}, serverTime: 1, isStaff: false });
    feed.playback.frame(Date.now());
    expect(feed.store.getState().show.pinnedProductId).toBeNull();
  });
});
