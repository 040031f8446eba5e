import type { ShowId } from '@souk/protocol/ids';
import { BEGINNING, compareEntryIds, type Entry } from '@souk/protocol/timeline/entries';
import type { Logger } from '@souk/runtime/logger';
import type { Redis } from '@souk/runtime/redis';
import { timelineKeys } from './keys.ts';
import { decodeEntries, parseStreams } from './stored-entry.ts';
import { isBehind, readTrimMark } from './trim-mark.ts';

/** Told of new entries, oldest first. When the epoch is a new one, they are the timeline's from its beginning. */
export type OnEntries = (entries: readonly Entry[], epoch: string) => void;
/** Told, once, that entries after the cursor are in the stream no more. The tail tells this follower nothing further. */
export type OnHole = (trimmedTo: string) => void;
export type Unfollow = () => void;

export interface TailOptions {
  readonly redis: Redis;
  readonly logger: Logger;
  readonly intervalMs?: number;
  /** Called after each tick, when all its entries have been told, with the time that the tick took. */
  readonly onTick?: (durationMs: number) => void;
}

interface Follower {
  readonly showId: ShowId;
  readonly onEntries: OnEntries;
  readonly onHole: OnHole | undefined;
  cursor: string;
  epoch: string | undefined;
  /** It has been told of a hole, and waits to be taken off. */
  isLost: boolean;
}

const TICK_MS = 50;
/** Reads that are woken keep this distance, so that nobody makes the tail run without a pause. */
const LEAST_GAP_MS = 10;
/** Entries of one show and one tick; the rest comes with the next tick. */
const BATCH_ENTRIES = 1_000;
/** How often the epochs of quiet shows are looked at. */
const EPOCH_CHECK_MS = 1_000;

/** Follows many timelines with one non-blocking XREAD per tick. Goes on by itself when Redis was away. */
export class TimelineTail {
  readonly #options: Required<TailOptions>;
  readonly #shows = new Map<ShowId, Set<Follower>>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #state: 'idle' | 'reading' | 'failing' | 'stopped' = 'idle';
  #epochsCheckedAt = 0;
  #startedAt = 0;
  /** Somebody cannot wait for the next tick, while one is under way. */
  #isWoken = false;

  constructor(options: TailOptions) {
    this.#options = { intervalMs: TICK_MS, onTick: () => undefined, ...options };
  }

  /**
   * Tells of every entry after `afterId`, until the returned function is called. Name the epoch in which that id was
   * read where it is known: should the timeline have another one, it is told from the beginning. A follower that was
   * so far behind that the stream was trimmed in front of it is told of the hole, and has to begin with the state again;
   * without `onHole` the hole is logged as an error.
   */
  follow(
    showId: ShowId,
    afterId: string,
    onEntries: OnEntries,
    knownEpoch?: string,
    onHole?: OnHole,
  ): Unfollow {
    const follower: Follower = {
      showId,
      onEntries,
      onHole,
      cursor: afterId,
      epoch: knownEpoch,
      isLost: false,
    };
    const ofShow = this.#shows.get(showId) ?? new Set();
    this.#shows.set(showId, ofShow.add(follower));
    return () => {
      ofShow.delete(follower);
      if (ofShow.size === 0 && this.#shows.get(showId) === ofShow) this.#shows.delete(showId);
    };
  }

  /** Begins to read. Has no effect on a tail that reads already or was stopped. */
  start(): void {
    if (this.#state !== 'idle') return;
    this.#state = 'reading';
    this.#running = this.#loop();
  }

  /** Reads without waiting for the next tick, where somebody follows that show. */
  wake(showId: ShowId): void {
    if (this.#state !== 'reading' || !this.#shows.has(showId)) return;
    this.#isWoken = true;
    // A read that is under way goes on by itself.
    if (this.#timer !== undefined) this.#goOn();
  }

  /** Ends the reading for good, after the read that is under way. Idempotent. */
  async stop(): Promise<void> {
    this.#state = 'stopped';
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #loop(): Promise<void> {
    this.#timer = undefined;
    this.#isWoken = false;
    const startedAt = performance.now();
    this.#startedAt = startedAt;
    try {
      await this.#tick(startedAt);
      if (this.#state === 'failing') this.#state = 'reading';
    } catch (err) {
      this.#interrupted(err);
    }
    if (this.#state === 'stopped') return;
    this.#goOn();
  }

  #goOn(): void {
    clearTimeout(this.#timer);
    const gapMs = this.#isWoken ? Math.min(LEAST_GAP_MS, this.#options.intervalMs) : this.#options.intervalMs;
    const elapsedMs = performance.now() - this.#startedAt;
    this.#timer = setTimeout(
      () => {
        this.#running = this.#loop();
      },
      Math.max(0, gapMs - elapsedMs),
    );
  }

  /** Logs the first failure of a row; the next read begins with a look at the epochs. */
  #interrupted(err: unknown): void {
    this.#epochsCheckedAt = 0;
    if (this.#state !== 'reading') return;
    this.#state = 'failing';
    this.#options.logger.warn({ event: 'tail-interrupted', err });
  }

  async #tick(startedAt: number): Promise<void> {
    if (this.#shows.size > 0) {
      await this.#checkQuietEpochs(startedAt);
      await this.#read();
    }
    this.#options.onTick(performance.now() - startedAt);
  }

  async #checkQuietEpochs(now: number): Promise<void> {
    if (now - this.#epochsCheckedAt < EPOCH_CHECK_MS && this.#epochsCheckedAt > 0) return;
    await this.#checkEpochs([...this.#shows.keys()]);
    this.#epochsCheckedAt = now;
  }

  async #read(): Promise<void> {
    const cursors = [...this.#shows].flatMap(([showId, followers]) => {
      const cursor = findEarliest(followers);
      return cursor === undefined ? [] : [[showId, cursor] as const];
    });
    if (cursors.length === 0) return;
    const keys = cursors.map(([showId]) => timelineKeys.timeline(showId));
    const after = cursors.map(([, cursor]) => cursor);
    const answer = await this.#options.redis.xread('COUNT', BATCH_ENTRIES, 'STREAMS', ...keys, ...after);
    const streams = parseStreams(answer);
    if (streams.size === 0) return;
    const concerned = cursors
      .map(([showId]) => showId)
      .filter((id) => streams.has(timelineKeys.timeline(id)));
    // Looked at after the read: entries of a timeline that began anew are never told under the former epoch.
    const rewound = await this.#checkEpochs(concerned);
    await this.#checkHoles(concerned);
    for (const showId of concerned) {
      const key = timelineKeys.timeline(showId);
      const stored = streams.get(key) ?? [];
      const upTo = stored.at(-1)?.[0];
      if (upTo === undefined || rewound.has(showId)) continue;
      this.#tell(showId, decodeEntries(stored, key, this.#options.logger), upTo);
    }
  }

  #tell(showId: ShowId, entries: readonly Entry[], upTo: string): void {
    for (const follower of [...(this.#shows.get(showId) ?? [])]) {
      if (follower.isLost) continue;
      const news = entries.filter((entry) => compareEntryIds(entry.id, follower.cursor) > 0);
      if (compareEntryIds(upTo, follower.cursor) > 0) follower.cursor = upTo;
      if (news.length === 0 || follower.epoch === undefined) continue;
      try {
        follower.onEntries(news, follower.epoch);
      } catch (err) {
        this.#options.logger.error({ event: 'tail-listener-failed', showId, err });
      }
    }
  }

  /**
   * Looked at after the read as well: what was trimmed before it may be missing from it. The newest entries are never
   * trimmed, so whoever is behind the cut has news in the stream, and is looked at.
   */
  async #checkHoles(showIds: readonly ShowId[]): Promise<void> {
    const marks = await this.#options.redis.mget(showIds.map(timelineKeys.trimmed));
    showIds.forEach((showId, index) => {
      for (const follower of [...(this.#shows.get(showId) ?? [])]) {
        const trimmedTo = readTrimMark(marks[index], follower.epoch);
        if (!follower.isLost && isBehind(follower.cursor, trimmedTo)) this.#tellHole(follower, trimmedTo);
      }
    });
  }

  #tellHole(follower: Follower, trimmedTo: string): void {
    const { showId, cursor, onHole } = follower;
    if (onHole === undefined) {
      this.#options.logger.error({ event: 'tail-hole', showId, after: cursor, trimmedTo });
      follower.cursor = trimmedTo;
      return;
    }
    this.#options.logger.warn({ event: 'tail-hole', showId, after: cursor, trimmedTo });
    follower.isLost = true;
    try {
      onHole(trimmedTo);
    } catch (err) {
      this.#options.logger.error({ event: 'tail-listener-failed', showId, err });
    }
  }

  /** Rewinds the followers of timelines that have begun anew, and names those shows. */
  async #checkEpochs(showIds: readonly ShowId[]): Promise<ReadonlySet<ShowId>> {
    const rewound = new Set<ShowId>();
    if (showIds.length === 0) return rewound;
    const epochs = await this.#options.redis.mget(showIds.map(timelineKeys.epoch));
    showIds.forEach((showId, index) => {
      const epoch = epochs[index] ?? undefined;
      for (const follower of this.#shows.get(showId) ?? []) {
        if (rewind(follower, epoch)) rewound.add(showId);
      }
    });
    return rewound;
  }
}

/** Makes a tail; it reads once it is started. */
export function createTimelineTail(options: TailOptions): TimelineTail {
  return new TimelineTail(options);
}

function rewind(follower: Follower, epoch: string | undefined): boolean {
  // Without an epoch there is no timeline now: the one that comes will have a new one.
  if (epoch === undefined || epoch === follower.epoch) return false;
  const isNew = follower.epoch !== undefined;
  follower.epoch = epoch;
  if (isNew) follower.cursor = BEGINNING;
  return isNew;
}

/** Undefined when all of them are lost. */
function findEarliest(followers: ReadonlySet<Follower>): string | undefined {
  let first: string | undefined;
  for (const { cursor, isLost } of followers) {
    if (!isLost && (first === undefined || compareEntryIds(cursor, first) < 0)) first = cursor;
  }
  return first;
}
