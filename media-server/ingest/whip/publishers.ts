import type { ShowId, StreamKeyId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { SfuCapabilities } from '../../sdp/choose-codec.ts';
import { settleDtls } from '../../sdp/dtls-role.ts';
import { type AgreedTrack, toPublishParameters } from '../../sdp/publish-parameters.ts';
import { readDescription } from '../../sdp/read-description.ts';
import { createSdpResources, type SdpResource, type SdpResources } from '../../sdp/sdp-resources.ts';
import { readTransport } from '../../sdp/transport-view.ts';
import type { OpaqueJson } from '../../sfu/sfu-backend.ts';
import type { MediaSessions, PublishSession } from '../../stage/media-sessions.ts';
import type { ShowFollower } from '../../stage/show-follower.ts';
import { agreeOffer, writeAnswer } from './agree-offer.ts';
import { onFirstMedia } from './first-media.ts';
import type { StreamKeys } from './stream-keys.ts';

export interface WhipPublishersDeps {
  readonly keys: StreamKeys;
  readonly sessions: MediaSessions;
  readonly shows: ShowFollower;
  readonly capabilities: SfuCapabilities;
}

export interface WhipPublishers {
  readonly resources: SdpResources<PublishSession>;
  /**
   * Publishes what an encoder offers, in the show of its stream key. Throws AppError UNAUTHENTICATED, INVALID_SDP,
   * NO_COMMON_CODEC, ALREADY_PUBLISHING, SHOW_ENDED, RATE_LIMITED, OVERLOADED, UNAVAILABLE.
   */
  publish(
    secret: string,
    address: string,
    sdp: string,
  ): Promise<{ readonly resource: SdpResource<PublishSession>; readonly answer: string }>;
}

/** The encoders that publish by WHIP. A key that is revoked ends whoever publishes with it. */
export function createWhipPublishers(deps: WhipPublishersDeps): WhipPublishers {
  const { keys, sessions, shows, capabilities } = deps;
  const resources = createSdpResources<PublishSession>();
  const byKey = new Map<StreamKeyId, PublishSession>();
  shows.onKeyRevoked((_showId, keyId) => byKey.get(keyId)?.link.end('key-revoked'));

  const begin = async (showId: ShowId, keyId: StreamKeyId, address: string): Promise<PublishSession> => {
    const session = await sessions.publish(
      { userId: `key:${keyId}`, showId, address },
      { source: 'encoder' },
    );
    byKey.set(keyId, session);
    session.link.onEnd(() => {
      if (byKey.get(keyId) === session) byKey.delete(keyId);
    });
    return session;
  };

  /** Asks again: a key may be revoked after commerce was asked and before its session could be found. */
  const assertGood = async (showId: ShowId, keyId: StreamKeyId): Promise<void> => {
    if (await shows.isKeyRevoked(showId, keyId)) throw new AppError('UNAUTHENTICATED');
  };

  return {
    resources,
    async publish(secret, address, sdp) {
      const { keyId, showId } = await keys.check(secret, address);
      const offer = readDescription(sdp);
      const tracks = agreeOffer(offer, capabilities);
      const { dtlsParameters, ourSetup } = settleDtls(offer);
      const session = await begin(showId, keyId, address);
      try {
        await assertGood(showId, keyId);
        await send(session, tracks, dtlsParameters);
      } catch (error) {
        session.link.end('left');
        throw error;
      }
      const owner = { token: secret, mid: offer.sections[0].mid, iceUfrag: offer.iceUfrag };
      return {
        resource: resources.add(session, owner),
        answer: writeAnswer(tracks, readTransport(session.link.offer), ourSetup),
      };
    },
  };
}

/** Hands the tracks to the SFU. */
async function send(
  { link, stream }: Pick<PublishSession, 'link' | 'stream'>,
  tracks: readonly AgreedTrack[],
  dtlsParameters: OpaqueJson,
): Promise<void> {
  for (const track of tracks) await link.produce(track.section.kind, toPublishParameters(track));
  await link.connect(dtlsParameters);
  // An encoder that is answered may yet find no way to the SFU: the show is told of what arrives.
  onFirstMedia(link, () => {
    for (const { section } of tracks) stream.addTrack(section.kind);
  });
}
