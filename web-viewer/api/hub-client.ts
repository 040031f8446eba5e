import {
  FRAME_EVENT,
  type Frame,
  frameSchema,
  REMOVED_EVENT,
  RESYNC_EVENT,
  removedSchema,
  resyncSchema,
} from '@souk/protocol/commands/frames';
import type { Entry } from '@souk/protocol/timeline/entries';
import { type BackoffBounds, backoffMs } from '../media/backoff.ts';
import { ApiError, ignoreRefusal } from './api-error.ts';
import type { HubSocket } from './hub-socket.ts';
import type { ServerClock } from './server-clock.ts';
import { createShowFeed, type ShowFeed } from './show-feed.ts';

/**
 * Pauses after each sample of the clock. The first ones come quickly, for a page that goes on air at once; the others
 * are spread out, since samples in a row meet the same congestion. The hub takes ten at once, and one a second.
 */
const CLOCK_SAMPLE_GAPS_MS = [150, 250, 500, 800, 1_100, 1_100, 1_100, 0];
/** Clocks drift, and are set: measured anew this often. */
const CLOCK_EVERY_MS = 60_000;
const rejoinBackoff: BackoffBounds = { firstMs: 1_000, longestMs: 15_000 };
/** Whoever is banned asks so seldom whether that has been lifted. */
const knockBackoff: BackoffBounds = { firstMs: 20_000, longestMs: 20_000 };

export interface HubClient {
  readonly send: HubSocket['send'];
  /** Follows a show until `stop` is called; several followers share one feed. */
  follow(showId: string): { feed: ShowFeed; stop(): void };
  /** Follows a show again that this person was sent out of. */
  comeBack(showId: string): void;
}

interface Followed {
  readonly feed: ShowFeed;
  followers: number;
  /** Frames that came while a join was under way; null outside of a join. */
  waiting: Frame[] | null;
  /** True from an answered join until the connection is lost: only then frames follow on from what the feed has. */
  joined: boolean;
  /** Whose view of the show the feed has. */
  viewerId: string | undefined;
  /** Sent out by the staff once: comes back by the person's own wish only. */
  removed: boolean;
  failures: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

function createFollowed(showId: string, clock: ServerClock): Followed {
  const feed = createShowFeed(showId, clock.now);
  const nothingYet = { waiting: null, joined: false, removed: false, viewerId: undefined, timer: undefined };
  return { feed, followers: 0, failures: 0, ...nothingYet };
}

/**
 * Joins shows, folds their frames, and finds its place again after every loss of the connection.
 * `renewSession` is called when this person's roles have changed, or when the hub finds the token too old.
 */
export function createHubClient(
  { socket, send, userId }: HubSocket,
  clock: ServerClock,
  renewSession: () => void,
): HubClient {
  const followed = new Map<string, Followed>();

  async function join(entry: Followed): Promise<void> {
    if (!socket.connected || entry.waiting !== null || entry.removed) return;
    clearTimeout(entry.timer);
    entry.waiting = [];
    entry.joined = false;
    try {
      await askToJoin(entry);
      entry.joined = true;
      entry.failures = 0;
    } catch (error) {
      noteRefusal(entry, error);
    }
    const frames: Frame[] = entry.waiting;
    entry.waiting = null;
    if (isFollowed(entry)) for (const frame of frames) applyFrame(entry, frame);
    else leave(entry.feed.showId);
  }

  async function askToJoin(entry: Followed): Promise<void> {
    const { feed } = entry;
    const viewerId = userId();
    if (entry.viewerId !== viewerId && entry.viewerId !== undefined) feed.forget('person');
    entry.viewerId = viewerId;
    const after = feed.position();
    const answer = await send('show:join', {
      showId: feed.showId,
      ...(after === undefined ? {} : { after }),
    });
    clock.hint(answer.serverTime, Date.now());
    feed.applyJoin(answer);
  }

  function noteRefusal(entry: Followed, error: unknown): void {
    const code = error instanceof ApiError ? error.code : undefined;
    if (code === 'TOKEN_EXPIRED') renewSession();
    if (error instanceof ApiError && !error.retryable) {
      entry.feed.setStatus({ kind: 'refused', code: error.code });
      // The timeline of a new show begins a moment after the show itself, and a lost one is restored.
      if (code === 'BANNED') knockLater(entry);
      if (code !== 'SHOW_NOT_FOUND') return;
    } else entry.feed.setStatus({ kind: 'offline' });
    if (!isFollowed(entry)) return;
    // A server that is full says when there is room for this page, and is another time for each.
    const advisedMs = error instanceof ApiError ? error.retryAfterMs : undefined;
    const waitMs = advisedMs ?? backoffMs(entry.failures, rejoinBackoff, Math.random);
    entry.timer = setTimeout(() => void join(entry), waitMs);
    entry.failures += 1;
  }

  function knockLater(entry: Followed): void {
    const waitMs = backoffMs(0, knockBackoff, Math.random);
    if (isFollowed(entry)) entry.timer = setTimeout(() => void join(entry), waitMs);
  }

  function isFollowed(entry: Followed): boolean {
    return followed.get(entry.feed.showId) === entry;
  }

  function applyFrame(entry: Followed, frame: Frame): void {
    if (entry.waiting !== null) {
      entry.waiting.push(frame);
      return;
    }
    // Without an answered join there is a gap before this frame; the join that is due fills it.
    if (!entry.joined) return;
    const isFollowing = entry.feed.applyFrame(frame);
    const isOtherRole = isFollowing && frame.entries.some(changesOwnRole);
    if (isOtherRole) {
      // What this person may hear is another selection now, also of what lies behind.
      entry.feed.forget('position');
      renewSession();
    }
    if (!isFollowing || isOtherRole) void join(entry);
  }

  function changesOwnRole({ type, data }: Entry): boolean {
    return (type === 'role:granted' || type === 'role:revoked') && data.userId === userId();
  }

  /** Unless somebody follows that show again: then the hub's membership is theirs. */
  function leave(showId: string): void {
    if (!socket.connected || followed.has(showId)) return;
    // A hub that does not answer has lost the connection, and the membership with it.
    send('show:leave', { showId }).catch(ignoreRefusal);
  }

  let clockTimer: ReturnType<typeof setTimeout> | undefined;

  async function measureClock(): Promise<void> {
    clearTimeout(clockTimer);
    clockTimer = setTimeout(remeasureClock, CLOCK_EVERY_MS);
    for (const gapMs of CLOCK_SAMPLE_GAPS_MS) {
      if (!socket.connected) return;
      const sentAt = Date.now();
      const { serverTime } = await send('clock:sync', {});
      clock.observe({ sentAt, receivedAt: Date.now(), serverTime });
      await new Promise((resolve) => setTimeout(resolve, gapMs));
    }
  }

  /** A failed measurement is repeated later; the hints serve until then. */
  function remeasureClock(): void {
    if (socket.connected) measureClock().catch(ignoreRefusal);
  }

  socket.on('connect', () => {
    for (const entry of followed.values()) void join(entry);
    remeasureClock();
  });
  socket.on('disconnect', () => {
    for (const entry of followed.values()) {
      entry.joined = false;
      const { kind } = entry.feed.store.getState().status;
      // Being offline passes; being sent out does not.
      if (kind !== 'removed') entry.feed.setStatus({ kind: 'offline' });
    }
  });
  socket.on(RESYNC_EVENT, (payload: unknown) => {
    const { showId, reason: _, ...state } = resyncSchema.parse(payload);
    const entry = followed.get(showId);
    // During a join its answer is newer.
    if (entry?.joined === true) entry.feed.applyJoin({ kind: 'snapshot', ...state });
  });
  socket.on(REMOVED_EVENT, (payload: unknown) => {
    const { showId, reason } = removedSchema.parse(payload);
    const entry = followed.get(showId);
    if (entry === undefined) return;
    entry.removed = reason === 'disconnected';
    entry.joined = false;
    clearTimeout(entry.timer);
    entry.feed.setStatus({ kind: 'removed', reason });
    if (reason === 'banned') knockLater(entry);
  });
  socket.on(FRAME_EVENT, (payload: unknown) => {
    const frame = frameSchema.parse(payload);
    clock.hint(frame.serverTime, Date.now());
    const entry = followed.get(frame.showId);
    if (entry !== undefined) applyFrame(entry, frame);
  });

  function stop(entry: Followed): void {
    entry.followers -= 1;
    if (entry.followers > 0) return;
    followed.delete(entry.feed.showId);
    clearTimeout(entry.timer);
    // A leave that overtakes a join would leave us inside: that join leaves when it is answered.
    if (entry.waiting === null) leave(entry.feed.showId);
  }

  return {
    send,
    comeBack(showId) {
      const entry = followed.get(showId);
      if (entry === undefined) return;
      entry.removed = false;
      entry.feed.setStatus({ kind: 'joining' });
      void join(entry);
    },
    follow(showId) {
      const known = followed.get(showId);
      const entry = known ?? createFollowed(showId, clock);
      entry.followers += 1;
      followed.set(showId, entry);
      if (known === undefined) {
        if (socket.connected) void join(entry);
        else socket.connect();
      }
      let stopped = false;
      return {
        feed: entry.feed,
        stop: () => {
          if (!stopped) stop(entry);
          stopped = true;
        },
      };
    },
  };
}
