import type { ShowId, StreamKeyId } from '@souk/protocol/ids';
import type { Entry } from '@souk/protocol/timeline/entries';
import { foldShow } from '@souk/protocol/timeline/reducer';
import { emptyShowState, type ShowState } from '@souk/protocol/timeline/state';
import { AppError } from '@souk/runtime/app-error';
import type { TimelineTail, Unfollow } from '@souk/timeline/tail';
import type { Timeline } from '@souk/timeline/timeline';

/** Why a person has to leave. A disconnected one may come back at once. */
export type SentOutReason = 'banned' | 'disconnected';

export interface ShowFollower {
  /** The show as its timeline tells it now; it is followed from then on, until it ends or is released. Throws AppError UNAVAILABLE. */
  getState(showId: ShowId): Promise<ShowState>;
  /** Calls the listener when a followed show ends. */
  onEnded(listener: (showId: ShowId) => void): void;
  /** Calls the listener when a stream key of a followed show is revoked. */
  onKeyRevoked(listener: (showId: ShowId, keyId: StreamKeyId) => void): void;
  /** Whether the timeline tells that this key was revoked; the show is followed from then on. Throws AppError UNAVAILABLE. */
  isKeyRevoked(showId: ShowId, keyId: StreamKeyId): Promise<boolean>;
  /** Calls the listener when somebody may not be in a followed show any more, or is sent out once. */
  onSentOut(listener: (showId: ShowId, userId: string, reason: SentOutReason) => void): void;
  /** Whether a person is banned from a show, as far as the show is followed. */
  findBan(showId: ShowId, userId: string): boolean;
  /** Calls the listener when the timeline of a followed show has begun anew, with the show as it is told now. */
  onRestored(listener: (showId: ShowId, state: ShowState, epoch: string) => void): void;
  release(showId: ShowId): void;
}

interface Followed {
  state: ShowState;
  epoch: string | undefined;
  readonly revokedKeys: Set<StreamKeyId>;
  unfollow: Unfollow;
}

/** After this time a state that could not be read is asked for again. */
const RELOAD_MS = 1_000;

/** Follows the timelines of the shows that this server carries media for. */
export function createShowFollower(deps: {
  readonly timeline: Timeline;
  readonly tail: TimelineTail;
}): ShowFollower {
  const { timeline, tail } = deps;
  const shows = new Map<ShowId, Promise<Followed>>();
  const listeners: ((showId: ShowId) => void)[] = [];
  const restoredListeners: ((showId: ShowId, state: ShowState, epoch: string) => void)[] = [];
  const sentOutListeners: ((showId: ShowId, userId: string, reason: SentOutReason) => void)[] = [];
  /** Those that are read, for questions that cannot wait. */
  const states = new Map<ShowId, Followed>();
  const keyListeners: ((showId: ShowId, keyId: StreamKeyId) => void)[] = [];

  const release = (showId: ShowId): void => {
    const known = shows.get(showId);
    shows.delete(showId);
    states.delete(showId);
    // A read that failed has nothing to unfollow, and its caller has been told.
    void known?.then(
      ({ unfollow }) => unfollow(),
      () => undefined,
    );
  };
  const announceEnd = (showId: ShowId): void => {
    release(showId);
    for (const listener of listeners) listener(showId);
  };
  const begin = async (showId: ShowId): Promise<Followed> => {
    const loaded = await timeline.loadState(showId);
    const { epoch, state } = loaded ?? { epoch: undefined, state: emptyShowState };
    const revokedKeys = new Set(await readRevokedKeys(timeline, showId, state.lastId));
    const followed: Followed = { state, epoch, revokedKeys, unfollow: () => undefined };
    if (followed.state.status === 'ended') return followed;
    const sendOut = (userId: string, reason: SentOutReason): void => {
      for (const listener of sentOutListeners) listener(showId, userId, reason);
    };
    const replaced = (): void => {
      const { state: now, epoch: nowEpoch } = followed;
      if (now.status === 'ended') announceEnd(showId);
      else for (const listener of restoredListeners) listener(showId, now, nowEpoch ?? '');
    };
    const take = (entries: readonly Entry[], entriesEpoch: string): void => {
      const isSame = entriesEpoch === followed.epoch;
      const isRestored = !isSame && followed.epoch !== undefined;
      followed.epoch = entriesEpoch;
      followed.state = foldShow(entries, isSame ? followed.state : emptyShowState);
      for (const keyId of entries.flatMap(revokedBy)) {
        revokedKeys.add(keyId);
        for (const listener of keyListeners) listener(showId, keyId);
      }
      for (const { userId, reason } of entries.flatMap(sentOutBy)) sendOut(userId, reason);
      if (isRestored) replaced();
      else if (followed.state.status === 'ended') announceEnd(showId);
    };
    const followOn = (): void => {
      followed.unfollow = tail.follow(
        showId,
        followed.state.lastId,
        take,
        followed.epoch,
        () => void reload(),
      );
    };
    /** The stream was trimmed in front of this server, which stood still for long: only the state tells what happened. */
    const reload = async (): Promise<void> => {
      followed.unfollow();
      const found = await timeline.loadState(showId).catch(() => undefined);
      if (states.get(showId) !== followed) return;
      if (found === undefined) {
        const timer = setTimeout(() => void reload(), RELOAD_MS);
        followed.unfollow = () => clearTimeout(timer);
        return;
      }
      followed.state = found.state;
      followed.epoch = found.epoch;
      followOn();
      for (const userId of Object.keys(found.state.bans)) sendOut(userId, 'banned');
      replaced();
    };
    followOn();
    states.set(showId, followed);
    return followed;
  };
  const follow = async (showId: ShowId): Promise<Followed> => {
    const known = shows.get(showId) ?? begin(showId);
    shows.set(showId, known);
    try {
      const followed = await known;
      if (followed.state.status === 'ended') release(showId);
      return followed;
    } catch (cause) {
      shows.delete(showId);
      throw new AppError('UNAVAILABLE', { cause, detail: 'the timeline cannot be read' });
    }
  };
  return {
    getState: async (showId) => (await follow(showId)).state,
    isKeyRevoked: async (showId, keyId) => (await follow(showId)).revokedKeys.has(keyId),
    onSentOut: (listener) => void sentOutListeners.push(listener),
    findBan: (showId, userId) => isBanned(states.get(showId)?.state ?? emptyShowState, userId),
    onEnded: (listener) => void listeners.push(listener),
    onRestored: (listener) => void restoredListeners.push(listener),
    onKeyRevoked: (listener) => void keyListeners.push(listener),
    release,
  };
}

/** True when that person may not be in the show. */
export function isBanned({ bans }: ShowState, userId: string): boolean {
  return Object.hasOwn(bans, userId);
}

/** Commerce is asked about each key; these are what it may not have known a moment ago. */
const REVOKED_LATELY_MS = 60_000;

async function readRevokedKeys(timeline: Timeline, showId: ShowId, lastId: string): Promise<StreamKeyId[]> {
  const from = Math.max(0, Number.parseInt(lastId, 10) - REVOKED_LATELY_MS);
  const revoked: StreamKeyId[] = [];
  for await (const entries of timeline.readAll(showId, `${from}-0`))
    revoked.push(...entries.flatMap(revokedBy));
  return revoked;
}

function revokedBy(entry: Entry): StreamKeyId[] {
  return entry.type === 'stream-key:revoked' ? [entry.data.keyId] : [];
}

function sentOutBy(entry: Entry): { userId: string; reason: SentOutReason }[] {
  switch (entry.type) {
    case 'user:banned':
      return [{ userId: entry.data.userId, reason: 'banned' }];
    case 'users:banned':
      return entry.data.userIds.map((userId) => ({ userId, reason: 'banned' }));
    case 'user:disconnected':
      return [{ userId: entry.data.userId, reason: 'disconnected' }];
    default:
      return [];
  }
}
