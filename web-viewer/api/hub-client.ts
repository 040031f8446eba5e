import { FRAME_EVENT, type Frame, frameSchema } from '@souk/protocol/commands/frames';
import { ApiError } from './api-error.ts';
import type { HubSocket } from './hub-socket.ts';
import type { ServerClock } from './server-clock.ts';
import { createShowFeed, type ShowFeed } from './show-feed.ts';

const CLOCK_SAMPLES = 4;
const CLOCK_SAMPLE_GAP_MS = 1_100;
const REJOIN_MS = 2_000;

export interface HubClient {
  readonly send: HubSocket['send'];
  /** Follows a show until `stop` is called; several followers share one feed. */
  follow(showId: string): { feed: ShowFeed; stop(): void };
}

interface Followed {
  readonly feed: ShowFeed;
  followers: number;
  /** Frames that came while a join was under way; null outside of a join. */
  waiting: Frame[] | null;
}

/** Joins shows, folds their frames, and finds its place again after every loss of the connection. */
export function createHubClient({ socket, send }: HubSocket, clock: ServerClock): HubClient {
  const followed = new Map<string, Followed>();

  async function join(entry: Followed): Promise<void> {
    if (!socket.connected || entry.waiting !== null) return;
    entry.waiting = [];
    try {
      const after = entry.feed.position();
      const answer = await send('show:join', {
        showId: entry.feed.showId,
        ...(after === undefined ? {} : { after }),
      });
      clock.hint(answer.serverTime, Date.now());
      entry.feed.applyJoin(answer);
    } catch (error) {
      noteRefusal(entry, error);
    }
    const frames = entry.waiting;
    entry.waiting = null;
    for (const frame of frames) applyFrame(entry, frame);
  }

  function noteRefusal(entry: Followed, error: unknown): void {
    if (error instanceof ApiError && !error.retryable) {
      entry.feed.setStatus({ kind: 'refused', code: error.code });
      return;
    }
    entry.feed.setStatus({ kind: 'offline' });
    window.setTimeout(() => isFollowed(entry) && void join(entry), REJOIN_MS);
  }

  function isFollowed(entry: Followed): boolean {
    return followed.get(entry.feed.showId) === entry;
  }

  function applyFrame(entry: Followed, frame: Frame): void {
    if (entry.waiting !== null) entry.waiting.push(frame);
    else if (!entry.feed.applyFrame(frame)) void join(entry);
  }

  async function measureClock(): Promise<void> {
    for (let sample = 0; sample < CLOCK_SAMPLES && socket.connected; sample += 1) {
      const sentAt = Date.now();
      const { serverTime } = await send('clock:sync', {});
      clock.observe({ sentAt, receivedAt: Date.now(), serverTime });
      await new Promise((resolve) => window.setTimeout(resolve, CLOCK_SAMPLE_GAP_MS));
    }
  }

  socket.on('connect', () => {
    for (const entry of followed.values()) void join(entry);
    // A failed measurement is repeated at the next connection; the hints serve until then.
    measureClock().catch(() => undefined);
  });
  socket.on('disconnect', () => {
    for (const entry of followed.values()) entry.feed.setStatus({ kind: 'offline' });
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
    if (socket.connected) send('show:leave', { showId: entry.feed.showId }).catch(() => undefined);
  }

  return {
    send,
    follow(showId) {
      const known = followed.get(showId);
      const entry = known ?? { feed: createShowFeed(showId), followers: 0, waiting: null };
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
