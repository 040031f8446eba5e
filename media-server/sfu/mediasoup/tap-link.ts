import type { StreamId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { types } from 'mediasoup';
import { createEnding } from '../ending.ts';
import type { LinkEndReason, TapLink, TapOptions, TapTrack } from '../sfu-backend.ts';
import { ABS_CAPTURE_TIME } from './codecs.ts';
import { needsWorker } from './faults.ts';
import { LOOPBACK } from './ingest-link.ts';
import type { RoomContext } from './room-context.ts';

/** Copies one track of a stream to a local address. Throws AppError STREAM_NOT_PUBLISHED, UNAVAILABLE. */
export async function createTapLink(
  context: RoomContext,
  streamId: StreamId,
  options: TapOptions,
): Promise<TapLink> {
  const producer = context.streams.list(streamId).find(({ kind }) => kind === options.kind);
  if (producer === undefined) throw new AppError('STREAM_NOT_PUBLISHED');
  const { router, census } = context;
  const ending = createEnding<LinkEndReason>();
  const transport = census.track(
    'transports',
    await needsWorker(() =>
      router.createPlainTransport({
        listenInfo: { protocol: 'udp', ip: LOOPBACK },
        rtcpMux: true,
        comedia: false,
      }),
    ),
  );
  ending.onEnd(() => transport.close());
  context.adopt(ending);
  try {
    const consumer = await needsWorker(() => consume(router, transport, producer, options));
    census.track('consumers', consumer).on('producerclose', () => ending.end('left'));
    return {
      track: describe(consumer),
      requestKeyFrame: () => needsWorker(() => consumer.requestKeyFrame()),
      get endReason() {
        return ending.reason;
      },
      onEnd: ending.onEnd,
      end: (reason) => void ending.end(reason),
    };
  } catch (error) {
    ending.end('left');
    throw error;
  }
}

async function consume(
  router: types.Router,
  transport: types.PlainTransport,
  producer: types.Producer,
  { to, spatialLayer }: TapOptions,
): Promise<types.Consumer> {
  await transport.connect(to);
  return transport.consume({
    producerId: producer.id,
    rtpCapabilities: router.rtpCapabilities,
    ...(spatialLayer === undefined || producer.type !== 'simulcast'
      ? {}
      : { preferredLayers: { spatialLayer } }),
  });
}

function describe({ kind, rtpParameters }: types.Consumer): TapTrack {
  const codec = rtpParameters.codecs[0];
  if (codec === undefined) throw new TypeError('a consumer has a codec');
  const captureTime = rtpParameters.headerExtensions?.find(({ uri }) => uri === ABS_CAPTURE_TIME);
  return {
    kind,
    mimeType: codec.mimeType,
    payloadType: codec.payloadType,
    clockRate: codec.clockRate,
    channels: codec.channels ?? null,
    parameters: toFormatParameters(codec.parameters),
    ssrc: rtpParameters.encodings?.[0]?.ssrc ?? 0,
    absCaptureTimeId: captureTime?.id ?? null,
  };
}

/** mediasoup has more than SDP knows; what is neither a word nor a number is left out. */
function toFormatParameters(parameters: types.RtpCodecParameters['parameters']): TapTrack['parameters'] {
  const known = Object.entries(parameters ?? {}).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [[name, value] as const] : [],
  );
  return Object.fromEntries(known);
}
