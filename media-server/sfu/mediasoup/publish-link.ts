import type { StreamId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { types } from 'mediasoup';
import type { MediaKind, PublishLink } from '../sfu-backend.ts';
import { onBehalfOf } from './faults.ts';
import { parseRtpParameters } from './input-schemas.ts';
import type { RoomContext } from './room-context.ts';
import { endWhenSilent } from './silence.ts';
import { readTrackFigures } from './track-figures.ts';
import { createWebRtcSide } from './webrtc-link.ts';

/** A host who is not heard for this long is gone: viewers see "back soon". */
const CONSENT_TIMEOUT_SECONDS = 10;
/** Viewers who join ask for key frames; the host is asked for one at most this often. */
export const KEY_FRAME_REQUEST_DELAY_MS = 500;

/** A page that publishes one stream: at most one track of each kind. It ends when it sends nothing. Throws AppError UNAVAILABLE. */
export async function createPublishLink(context: RoomContext, streamId: StreamId): Promise<PublishLink> {
  const side = await createWebRtcSide(context, CONSENT_TIMEOUT_SECONDS);
  endWhenSilent(side, context);
  const begun = new Set<MediaKind>();
  const producers: types.Producer[] = [];

  const produce = async (kind: MediaKind, rtpParameters: types.RtpParameters): Promise<types.Producer> => {
    if (begun.has(kind)) throw new AppError('INVALID_TRANSITION', { detail: `${kind} is published already` });
    begun.add(kind);
    try {
      const keyFrameRequestDelay = KEY_FRAME_REQUEST_DELAY_MS;
      return await side.transport.produce({ kind, rtpParameters, keyFrameRequestDelay });
    } catch (error) {
      begun.delete(kind);
      throw error;
    }
  };
  return {
    offer: side.offer,
    get endReason() {
      return side.ending.reason;
    },
    onEnd: side.ending.onEnd,
    end: (reason) => void side.ending.end(reason),
    connect: side.connect,
    restartIce: side.restartIce,
    produce: (kind, rtpParameters) =>
      onBehalfOf(side.ending, async () => {
        const producer = await produce(kind, parseRtpParameters(rtpParameters));
        producers.push(context.census.track('producers', producer));
        context.streams.add(streamId, producer);
        return { producerId: producer.id };
      }),
    figures: () => readTrackFigures(producers),
  };
}
