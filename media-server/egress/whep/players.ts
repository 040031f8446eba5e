import { AppError } from '@souk/runtime/app-error';
import type { SfuCapabilities } from '../../sdp/choose-codec.ts';
import type { SdpDescription } from '../../sdp/description.ts';
import { settleDtls } from '../../sdp/dtls-role.ts';
import { readDescription } from '../../sdp/read-description.ts';
import { invalidSdp } from '../../sdp/sdp-form.ts';
import { createSdpResources, type SdpResource, type SdpResources } from '../../sdp/sdp-resources.ts';
import { readTransport } from '../../sdp/transport-view.ts';
import type { MediaKind, OpaqueJson } from '../../sfu/sfu-backend.ts';
import type { MediaSessions, Viewer, WatchSession } from '../../stage/media-sessions.ts';
import { allCapabilities, listWanted, toWatchCapabilities } from './watch-capabilities.ts';
import { writeOffer, writeWatchAnswer } from './write-watch.ts';

/** `answer`: what the player offered fits, and media flow. `offer`: the player has to answer ours. */
export interface WhepOpening {
  readonly kind: 'answer' | 'offer';
  readonly resource: SdpResource<WatchSession>;
  readonly sdp: string;
}

export interface WhepPlayers {
  readonly resources: SdpResources<WatchSession>;
  /**
   * Lets a player watch. An empty `sdp` asks us to make the offer, as older drafts of WHEP had it. Throws AppError
   * INVALID_SDP, NO_COMMON_CODEC, STREAM_NOT_PUBLISHED, SHOW_ENDED, RATE_LIMITED, OVERLOADED, UNAVAILABLE.
   */
  open(viewer: Viewer, token: string, sdp: string): Promise<WhepOpening>;
  /** Takes the player's answer to our offer. Throws AppError INVALID_SDP, INVALID_TRANSITION, MEDIA_SESSION_NOT_FOUND. */
  takeAnswer(resource: SdpResource<WatchSession>, sdp: string): Promise<void>;
}

/** Standard players that watch by WHEP: sessions like those of pages, with the same rights and bounds. */
export function createWhepPlayers(deps: {
  readonly sessions: MediaSessions;
  readonly capabilities: SfuCapabilities;
}): WhepPlayers {
  const { sessions, capabilities } = deps;
  const resources = createSdpResources<WatchSession>();
  const unanswered = new WeakSet<WatchSession>();

  const toSdp = ({ streamId, link }: WatchSession) => ({
    streamId,
    transport: readTransport(link.offer),
    consumers: link.consumers,
  });
  const offerTo = (session: WatchSession, token: string): WhepOpening => {
    unanswered.add(session);
    const resource = resources.add(session, { token, mid: '0' });
    return { kind: 'offer', resource, sdp: writeOffer(toSdp(session)) };
  };
  const answerTo = async (
    session: WatchSession,
    token: string,
    offer: SdpDescription,
  ): Promise<WhepOpening> => {
    const { dtlsParameters, ourSetup } = settleDtls(offer);
    await connect(session, dtlsParameters);
    await pauseAllBut(
      session,
      listWanted(offer).map(({ kind }) => kind),
    );
    const resource = resources.add(session, { token, mid: offer.sections[0].mid, iceUfrag: offer.iceUfrag });
    return { kind: 'answer', resource, sdp: writeWatchAnswer(offer, toSdp(session), ourSetup) };
  };
  /** A session that matches the player's own numbers, if there can be one. */
  const findFitting = async (viewer: Viewer, offer: SdpDescription): Promise<WatchSession | undefined> => {
    try {
      return await sessions.watch(viewer, toWatchCapabilities(offer, capabilities, { asNumbered: true }));
    } catch (error) {
      if (error instanceof AppError && error.code === 'NO_COMMON_CODEC') return undefined;
      throw error;
    }
  };

  return {
    resources,
    async open(viewer, token, sdp) {
      if (sdp === '') return offerTo(await sessions.watch(viewer, allCapabilities(capabilities)), token);
      const offer = readDescription(sdp);
      if (listWanted(offer).length === 0) throw invalidSdp('no section receives');
      const fitting = await findFitting(viewer, offer);
      if (fitting !== undefined) return answerTo(fitting, token, offer);
      const wish = toWatchCapabilities(offer, capabilities, { asNumbered: false });
      return offerTo(await sessions.watch(viewer, wish), token);
    },
    async takeAnswer({ session }, sdp) {
      const answer = readDescription(sdp);
      if (!unanswered.has(session)) throw new AppError('INVALID_TRANSITION', { detail: 'answered before' });
      if (answer.setup === 'actpass') throw invalidSdp('an answer has to choose its DTLS role');
      if (answer.sections.length !== session.link.consumers.length)
        throw invalidSdp('an answer has the sections of the offer');
      unanswered.delete(session);
      await connect(session, settleDtls(answer).dtlsParameters);
      await pauseAllBut(
        session,
        listWanted(answer).map(({ kind }) => kind),
      );
    },
  };
}

/** A session that cannot be connected is over. */
async function connect({ link }: WatchSession, dtlsParameters: OpaqueJson): Promise<void> {
  try {
    await link.connect(dtlsParameters);
  } catch (error) {
    link.end('left');
    throw error;
  }
}

/** What a player does not want is not sent. */
async function pauseAllBut({ link }: WatchSession, kinds: readonly MediaKind[]): Promise<void> {
  const unwanted = link.consumers.filter(({ kind }) => !kinds.includes(kind));
  await Promise.all(unwanted.map(({ id }) => link.setPaused(id, true)));
}
