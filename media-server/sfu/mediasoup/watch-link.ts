import type { StreamId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { types } from 'mediasoup';
import type { ConsumerOffer, OpaqueJson, WatchLink } from '../sfu-backend.ts';
import { ABS_CAPTURE_TIME } from './codecs.ts';
import { onBehalfOf } from './faults.ts';
import { parseRtpCapabilities } from './input-schemas.ts';
import type { RoomContext } from './room-context.ts';
import { createWebRtcSide, type WebRtcSide } from './webrtc-link.ts';

/** Longer than for a host: a phone that changes its network may come back. */
const CONSENT_TIMEOUT_SECONDS = 20;

/**
 * A page that watches one stream. All its consumers are made at once and wait for `connect`,
 * so that a page is two requests away from the picture. It ends when the stream does,
 * and when the stream gets another track: the page joins again and has both.
 * Throws AppError STREAM_NOT_PUBLISHED, INVALID_INPUT, NO_COMMON_CODEC, UNAVAILABLE.
 */
export async function createWatchLink(
  context: RoomContext,
  streamId: StreamId,
  capabilities: OpaqueJson,
): Promise<WatchLink> {
  const rtpCapabilities = parseRtpCapabilities(capabilities);
  await assertCanConsume(context, await getTracks(context, streamId), rtpCapabilities);
  const side = await createWebRtcSide(context, CONSENT_TIMEOUT_SECONDS);
  context.sentRate.add(side.transport);
  side.ending.onEnd(context.streams.onAdd(streamId, () => side.ending.end('left')));
  const consumers = await consumeAll(context, side, streamId, rtpCapabilities);
  const withConsumer = (consumerId: string, work: (consumer: types.Consumer) => Promise<void>) =>
    onBehalfOf(side.ending, async () => {
      const consumer = consumers.find(({ id }) => id === consumerId);
      if (consumer === undefined) throw new AppError('NOT_FOUND');
      await work(consumer);
    });
  return {
    offer: side.offer,
    consumers: consumers.map((consumer) => toOffer(consumer, context.streams.list(streamId))),
    get endReason() {
      return side.ending.reason;
    },
    onEnd: side.ending.onEnd,
    end: (reason) => void side.ending.end(reason),
    async connect(dtlsParameters) {
      await side.connect(dtlsParameters);
      await onBehalfOf(side.ending, () => resumeAll(consumers));
    },
    restartIce: side.restartIce,
    setPaused: (consumerId, paused) =>
      withConsumer(consumerId, (consumer) => (paused ? consumer.pause() : consumer.resume())),
    setMaxLayer: (consumerId, spatialLayer) =>
      withConsumer(consumerId, async (consumer) => {
        if (consumer.type === 'simulcast') await consumer.setPreferredLayers({ spatialLayer });
      }),
  };
}

async function getTracks(context: RoomContext, streamId: StreamId): Promise<types.Producer[]> {
  const producers = await context.bring(streamId);
  if (producers.length === 0) throw new AppError('STREAM_NOT_PUBLISHED');
  return producers;
}

async function assertCanConsume(
  { router }: RoomContext,
  producers: readonly types.Producer[],
  rtpCapabilities: types.RtpCapabilities,
): Promise<void> {
  const alive = { reason: null };
  const able = await onBehalfOf(alive, async () =>
    producers.every((producer) => router.canConsume({ producerId: producer.id, rtpCapabilities })),
  );
  if (!able) throw new AppError('NO_COMMON_CODEC');
}

async function consumeAll(
  context: RoomContext,
  { transport, ending }: WebRtcSide,
  streamId: StreamId,
  rtpCapabilities: types.RtpCapabilities,
): Promise<types.Consumer[]> {
  try {
    return await onBehalfOf(ending, async () => {
      const tracks = await getTracks(context, streamId);
      return Promise.all(
        tracks.map(async ({ id: producerId }) => {
          const consumer = await transport.consume({ producerId, rtpCapabilities, paused: true });
          consumer.on('producerclose', () => ending.end('left'));
          return context.census.track('consumers', consumer);
        }),
      );
    });
  } catch (error) {
    ending.end('left');
    throw error;
  }
}

async function resumeAll(consumers: readonly types.Consumer[]): Promise<void> {
  await Promise.all(consumers.map((consumer) => consumer.resume()));
}

/** Tells of capture times only where the publisher itself sends them: mediasoup offers all that it could forward. */
function toOffer(consumer: types.Consumer, published: readonly types.Producer[]): ConsumerOffer {
  const { id, producerId, kind, rtpParameters } = consumer;
  const source = published.find((producer) => producer.kind === kind);
  const isTimed =
    source?.rtpParameters.headerExtensions?.some(({ uri }) => uri === ABS_CAPTURE_TIME) ?? false;
  const headerExtensions = (rtpParameters.headerExtensions ?? []).filter(
    ({ uri }) => isTimed || uri !== ABS_CAPTURE_TIME,
  );
  return { id, producerId, kind, rtpParameters: { ...rtpParameters, headerExtensions } };
}
