import { createId, type MediaSessionId, type ShowId, type StreamId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Logger } from '@souk/runtime/logger';
import type {
  Link,
  LinkEndReason,
  OpaqueJson,
  PublishLink,
  SfuBackend,
  SfuRoom,
  WatchLink,
} from '../sfu/sfu-backend.ts';
import type { SessionBounds } from './bounds.ts';
import type { LiveStream, OnAir, PublishWish } from './on-air.ts';
import { isBanned, type ShowFollower } from './show-follower.ts';

/** Who asks, as the media ticket says, and from where. */
export interface Participant {
  readonly userId: string;
  readonly showId: ShowId;
  readonly address: string;
}

/** Somebody who wants to watch; who may publish may also see what is sent before the show. */
export interface Viewer extends Participant {
  readonly can: 'publish' | 'watch';
}

interface SessionOf<Intent extends string, LinkType> {
  readonly id: MediaSessionId;
  readonly intent: Intent;
  readonly userId: string;
  readonly showId: ShowId;
  readonly streamId: StreamId;
  readonly link: LinkType;
}
export type WatchSession = SessionOf<'watch', WatchLink>;
export type PublishSession = SessionOf<'publish', PublishLink> & { readonly stream: LiveStream };
export type MediaSession = WatchSession | PublishSession;

export interface MediaSessions {
  /** Throws AppError SHOW_ENDED, ALREADY_PUBLISHING, OVERLOADED, RATE_LIMITED, UNAVAILABLE. */
  publish(participant: Participant, wish?: PublishWish): Promise<PublishSession>;
  /** Throws as `publish`, and BANNED, STREAM_NOT_PUBLISHED, NO_COMMON_CODEC, INVALID_INPUT. */
  watch(viewer: Viewer, rtpCapabilities: OpaqueJson): Promise<WatchSession>;
  /** A session of that person in that show, if there is one. */
  findOwn(id: MediaSessionId, owner: Pick<Participant, 'userId' | 'showId'>): MediaSession | undefined;
  /** A session of that person in that show. Throws AppError MEDIA_SESSION_NOT_FOUND. */
  getOwn(id: MediaSessionId, owner: Pick<Participant, 'userId' | 'showId'>): MediaSession;
  watchers(showId: ShowId): number;
  counts(): Record<MediaSession['intent'], number>;
  endAll(reason: LinkEndReason): void;
}

export interface MediaSessionsDeps {
  readonly sfu: SfuBackend;
  readonly onAir: OnAir;
  readonly shows: ShowFollower;
  readonly bounds: SessionBounds;
  readonly logger: Logger;
}

/** The sessions of pages: each is one link to the SFU, owned by one person in one show. */
export function createMediaSessions(deps: MediaSessionsDeps): MediaSessions {
  const { sfu, onAir, shows, bounds, logger } = deps;
  const sessions = new Map<MediaSessionId, MediaSession>();
  const known = new WeakSet<SfuRoom>();
  shows.onEnded((showId) => sfu.endRoom(showId, 'show-ended'));
  shows.onSentOut((showId, userId, reason) => {
    for (const session of [...sessions.values()])
      if (session.showId === showId && session.userId === userId) session.link.end(reason);
  });

  const openRoom = async (showId: ShowId): Promise<SfuRoom> => {
    const room = await sfu.openRoom(showId);
    if (!known.has(room)) room.onEnd(() => shows.release(showId));
    known.add(room);
    return room;
  };
  const assertOpen = async (showId: ShowId): Promise<void> => {
    const { status } = await shows.getState(showId);
    if (status === 'ended') throw new AppError('SHOW_ENDED');
  };
  /** Before the show, rehearsals and checks are nobody's business but the crew's, whom no ban reaches. */
  const assertVisible = async ({ showId, userId, can }: Viewer): Promise<void> => {
    if (can === 'publish') return;
    const state = await shows.getState(showId);
    if (isBanned(state, userId)) throw new AppError('BANNED');
    if (state.status === 'draft')
      throw new AppError('STREAM_NOT_PUBLISHED', { detail: 'the show has not begun' });
  };
  /** The person may have been banned while the link was made; from here on the ban ends what is kept. */
  const endIfSentOut = async (viewer: Viewer, link: Link): Promise<void> => {
    try {
      await assertVisible(viewer);
    } catch (error) {
      link.end('banned');
      throw error;
    }
  };
  /** The show may have ended while its room was opened; asked again, it is followed for as long as the room stands. */
  const endIfShowEnded = async (showId: ShowId, link: Link): Promise<void> => {
    try {
      await assertOpen(showId);
    } catch (error) {
      link.end('show-ended');
      throw error;
    }
  };
  const keep = <Session extends MediaSession>(session: Session): Session => {
    const { id, intent, showId, streamId, link } = session;
    const bound = { mediaSessionId: id, intent, showId, streamId };
    sessions.set(id, session);
    logger.info({ event: 'media-session-began', ...bound });
    link.onEnd((reason) => {
      sessions.delete(id);
      logger.info({ event: 'media-session-ended', reason, ...bound });
    });
    return session;
  };
  /** Makes a link for which a place is taken, and gives the place back when the link ends. */
  const inPlace = async <Made extends Link>(
    giveBack: () => void,
    showId: ShowId,
    make: () => Promise<Made>,
  ): Promise<Made> => {
    try {
      const link = await make();
      link.onEnd(giveBack);
      await endIfShowEnded(showId, link);
      return link;
    } catch (error) {
      giveBack();
      throw error;
    }
  };
  const beginStream = (
    showId: ShowId,
    userId: string,
    wish: PublishWish | undefined,
    giveBack: () => void,
  ): LiveStream => {
    try {
      return onAir.begin(showId, userId, wish);
    } catch (error) {
      giveBack();
      throw error;
    }
  };
  const publishStream = async (stream: LiveStream): Promise<PublishLink> => {
    try {
      const link = await (await openRoom(stream.showId)).publish(stream.streamId);
      link.onEnd((reason) => stream.ending.end(reason));
      stream.ending.onEnd((reason) => link.end(reason));
      if (link.endReason !== null) throw new AppError('MEDIA_SESSION_NOT_FOUND', { detail: link.endReason });
      return link;
    } catch (error) {
      stream.ending.end('never-connected');
      throw error;
    }
  };

  const findOwn: MediaSessions['findOwn'] = (id, { userId, showId }) => {
    const session = sessions.get(id);
    return session?.userId === userId && session.showId === showId ? session : undefined;
  };

  return {
    async publish(participant, wish) {
      const { userId, showId } = participant;
      await assertOpen(showId);
      // Before the former stream of this person ends: a page that is refused must not take it off the air.
      const giveBack = bounds.takeForPublisher(participant.address);
      const stream = beginStream(showId, userId, wish, giveBack);
      const link = await inPlace(giveBack, showId, () => publishStream(stream));
      const { streamId } = stream;
      return keep({
        id: createId('mediaSession'),
        intent: 'publish',
        userId,
        showId,
        streamId,
        link,
        stream,
      });
    },
    async watch(viewer, rtpCapabilities) {
      const { userId, showId } = viewer;
      await assertOpen(showId);
      await assertVisible(viewer);
      const streamId = onAir.findReady(showId);
      if (streamId === undefined) throw new AppError('STREAM_NOT_PUBLISHED');
      const giveBack = bounds.take(showId, viewer.address);
      const link = await inPlace(giveBack, showId, async () =>
        (await openRoom(showId)).watch(streamId, rtpCapabilities),
      );
      await endIfSentOut(viewer, link);
      return keep({ id: createId('mediaSession'), intent: 'watch', userId, showId, streamId, link });
    },
    findOwn,
    getOwn(id, owner) {
      const session = findOwn(id, owner);
      if (session === undefined) throw new AppError('MEDIA_SESSION_NOT_FOUND');
      return session;
    },
    watchers: (showId) => countOf(sessions.values(), (s) => s.intent === 'watch' && s.showId === showId),
    counts: () => ({
      watch: countOf(sessions.values(), ({ intent }) => intent === 'watch'),
      publish: countOf(sessions.values(), ({ intent }) => intent === 'publish'),
    }),
    endAll(reason) {
      for (const { link } of [...sessions.values()]) link.end(reason);
    },
  };
}

function countOf<Item>(items: Iterable<Item>, matches: (item: Item) => boolean): number {
  let count = 0;
  for (const item of items) if (matches(item)) count += 1;
  return count;
}
