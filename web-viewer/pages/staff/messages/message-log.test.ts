import type { Frame } from '@souk/protocol/commands/frames';
import { createId, type MessageId } from '@souk/protocol/ids';
import type { Entry } from '@souk/protocol/timeline/entries';
import { emptyShowState } from '@souk/protocol/timeline/state';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createShowFeed } from '../../../api/show-feed.ts';
import { createMessageLog } from './message-log.ts';

const showId = createId('show');
const userId = createId('guest');
const DRAWN_MS = 200;

const sent = (place: number, messageId: MessageId = createId('message')): Entry => ({
  id: `${place}-0`,
  at: place,
  type: 'chat:sent',
  audience: 'all',
  data: { messageId, userId, name: 'Ana', role: 'guest', text: `text ${place}` },
});
const deleted = (place: number, messageId: MessageId): Entry => ({
  id: `${place}-0`,
  at: place,
  type: 'chat:deleted',
  audience: 'all',
  data: { messageId },
});
const frame = (entries: Entry[]): Frame => ({
  showId,
  epoch: 'one',
  entries,
  upTo: entries.at(-1)?.id ?? '0-0',
  serverTime: 1,
});
const common = { epoch: 'one', levels: {}, serverTime: 1, isStaff: true };

function setUp() {
  const feed = createShowFeed(showId);
  feed.applyJoin({ kind: 'snapshot', state: emptyShowState, ...common });
  const log = createMessageLog(feed);
  const close = log.open();
  return { feed, log, close, texts: () => log.store.getState().messages.map(({ text }) => text) };
}

describe('the log of a show’s messages', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('keeps more than the state of the show does, and tells of them in batches', () => {
    const { feed, log, texts } = setUp();
    let told = 0;
    log.store.subscribe(() => {
      told += 1;
    });
    for (let first = 1; first <= 300; first += 10) {
      feed.applyFrame(frame(Array.from({ length: 10 }, (_, index) => sent(first + index))));
    }
    vi.advanceTimersByTime(DRAWN_MS);
    expect(texts()).toHaveLength(300);
    expect(log.store.getState().total).toBe(300);
    expect(told).toBe(1);
  });

  it('is bounded: the oldest are pushed out', () => {
    const { feed, texts } = setUp();
    feed.applyFrame(frame(Array.from({ length: 1_200 }, (_, index) => sent(index + 1))));
    vi.advanceTimersByTime(DRAWN_MS);
    expect(texts()).toHaveLength(1_000);
    expect(texts().at(-1)).toBe('text 1200');
  });

  it('marks a deleted message and leaves it in its place, also one that the state has forgotten', () => {
    const { feed, log, texts } = setUp();
    const messageId = createId('message');
    feed.applyFrame(
      frame([sent(1, messageId), ...Array.from({ length: 150 }, (_, index) => sent(index + 2))]),
    );
    feed.applyFrame(frame([deleted(500, messageId)]));
    vi.advanceTimersByTime(DRAWN_MS);
    expect(texts()[0]).toBe('text 1');
    expect(log.store.getState().gone).toEqual(new Set([messageId]));
  });

  it('finds in a snapshot what came and what was deleted while the connection was down', () => {
    const { feed, log, texts } = setUp();
    const [kept, lost] = [createId('message'), createId('message')];
    feed.applyFrame(frame([sent(1, kept), sent(2, lost)]));
    vi.advanceTimersByTime(DRAWN_MS);
    const other = createShowFeed(showId);
    other.applyJoin({ kind: 'snapshot', state: emptyShowState, ...common });
    other.applyFrame(frame([sent(1, kept), sent(3)]));
    feed.applyJoin({ kind: 'snapshot', state: other.store.getState().show, ...common });
    vi.advanceTimersByTime(DRAWN_MS);
    expect(texts()).toEqual(['text 1', 'text 2', 'text 3']);
    expect(log.store.getState().gone).toEqual(new Set([lost]));
  });

  it('tells nothing any more once it is closed', () => {
    const { feed, close, texts } = setUp();
    close();
    feed.applyFrame(frame([sent(1)]));
    vi.advanceTimersByTime(DRAWN_MS);
    expect(texts()).toEqual([]);
  });
});
