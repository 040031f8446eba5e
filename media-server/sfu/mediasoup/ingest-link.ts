import type { RtpPort, RtpTrack } from '@souk/broadcast/rtp/track';
import type { StreamId } from '@souk/protocol/ids';
import type { types } from 'mediasoup';
import { createEnding } from '../ending.ts';
import type { IngestLink, LinkEndReason } from '../sfu-backend.ts';
import { ABS_CAPTURE_TIME } from './codecs.ts';
import { needsWorker } from './faults.ts';
import { KEY_FRAME_REQUEST_DELAY_MS } from './publish-link.ts';
import type { RoomContext } from './room-context.ts';
import { readTrackFigures } from './track-figures.ts';

/** Plain RTP is neither encrypted nor authenticated: it never leaves this machine. */
export const LOOPBACK = '127.0.0.1';

interface Receiver {
  readonly port: RtpPort;
  readonly transport: types.PlainTransport;
  readonly producer: types.Producer;
}

/** Opens a pair of ports for each track; the first packet decides who is listened to. Throws AppError UNAVAILABLE. */
export async function createIngestLink(
  context: RoomContext,
  streamId: StreamId,
  tracks: readonly RtpTrack[],
): Promise<IngestLink> {
  const ending = createEnding<LinkEndReason>();
  const receivers = await needsWorker(() =>
    Promise.all(tracks.map((track) => createReceiver(context, track))),
  );
  for (const { producer, transport } of receivers) {
    context.streams.add(streamId, producer);
    ending.onEnd(() => transport.close());
  }
  context.adopt(ending);
  return {
    ports: receivers.map(({ port }) => port),
    get endReason() {
      return ending.reason;
    },
    onEnd: ending.onEnd,
    end: (reason) => void ending.end(reason),
    figures: () => readTrackFigures(receivers.map(({ producer }) => producer)),
  };
}

async function createReceiver({ router, census }: RoomContext, track: RtpTrack): Promise<Receiver> {
  const listenInfo = { protocol: 'udp', ip: LOOPBACK } as const;
  const transport = census.track(
    'transports',
    await router.createPlainTransport({ listenInfo, rtcpMux: false, comedia: true }),
  );
  const producer = census.track(
    'producers',
    await transport.produce({
      kind: track.kind,
      rtpParameters: toRtpParameters(track),
      keyFrameRequestDelay: KEY_FRAME_REQUEST_DELAY_MS,
    }),
  );
  const rtcpPort = transport.rtcpTuple?.localPort;
  if (rtcpPort === undefined) throw new TypeError('a transport without rtcp-mux has an RTCP port');
  return {
    transport,
    producer,
    port: { kind: track.kind, ip: LOOPBACK, port: transport.tuple.localPort, rtcpPort },
  };
}

function toRtpParameters(track: RtpTrack): types.RtpParameters {
  const { mimeType, payloadType, clockRate, channels, parameters, absCaptureTimeId } = track;
  const rtcpFeedback = track.answersKeyFrameRequests === true ? [{ type: 'nack', parameter: 'pli' }] : [];
  return {
    codecs: [
      {
        mimeType,
        payloadType,
        clockRate,
        rtcpFeedback,
        ...(channels === undefined ? {} : { channels }),
        ...(parameters === undefined ? {} : { parameters: { ...parameters } }),
      },
    ],
    encodings: [{ ssrc: track.ssrc }],
    headerExtensions: absCaptureTimeId === undefined ? [] : [{ uri: ABS_CAPTURE_TIME, id: absCaptureTimeId }],
  };
}
