import type { StreamId } from '@souk/protocol/ids';
import type { Device, IceParameters, Producer, Transport } from 'mediasoup-client/types';
import { whenConnected } from '../connected.ts';
import { transportOptions } from '../device.ts';
import type { Connection } from '../lifeline.ts';
import type { MediaApi } from '../media-api.ts';
import { onNetworkChange } from '../network-change.ts';
import { onPageLeave } from '../page-leave.ts';
import { checkSession } from '../watch/watch-join.ts';
import { type PublishCodec, publishCodecs, videoCodec, videoEncodings } from './encodings.ts';
import { keepPath } from './keep-path.ts';

export interface PublishConnection extends Connection {
  readonly streamId: StreamId;
  /** What the picture is sent in, for example `video/H264`; undefined without a picture. */
  readonly videoMimeType: string | undefined;
  /** Tells the server how far its clock is from this page's, milliseconds. */
  tellClock(offsetMs: number): Promise<void>;
  /** Statistics of everything that is being sent (RTCStats dictionaries). */
  stats(): Promise<unknown[]>;
  /** Sends another track of the same kind instead, without a new negotiation. False when no track of that kind is sent. */
  replaceTrack(track: MediaStreamTrack): Promise<boolean>;
}

export interface PublishJoinOptions {
  readonly stream: MediaStream;
  /** What this page published before a loss. */
  readonly resumes: StreamId | undefined;
  /** Server clock minus this page's, milliseconds, where it was measured. */
  readonly clockOffsetMs?: number | undefined;
  /** The codecs to try, the wanted one first. */
  readonly codecs?: readonly PublishCodec[];
  /** What the browser begins with before it has measured the network. */
  readonly startKbps?: number;
}

const START_KBPS = 1_000;

/**
 * Publishes the tracks of the stream. Rejects with ApiError (ALREADY_PUBLISHING when another page does), or when
 * the signal aborts.
 */
export async function joinAsPublisher(
  api: MediaApi,
  device: Device,
  { stream, resumes, clockOffsetMs, codecs = publishCodecs, startKbps = START_KBPS }: PublishJoinOptions,
  signal: AbortSignal,
): Promise<PublishConnection> {
  const body = {
    intent: 'publish',
    ...(resumes === undefined ? {} : { resumes }),
    ...(clockOffsetMs === undefined ? {} : { clockOffsetMs: Math.round(clockOffsetMs) }),
  } as const;
  const joined = await api.join(body, signal);
  const { sessionId } = joined;
  const transport = device.createSendTransport(transportOptions(joined.transport));
  const stops = [onPageLeave(() => api.leave(sessionId))];
  const close = (): void => {
    for (const stop of stops) stop();
    transport.close();
    api.leave(sessionId);
  };
  transport.on('connect', ({ dtlsParameters }, done, failed) => {
    api.connect(sessionId, dtlsParameters).then(done, failed);
  });
  transport.on('produce', ({ kind, rtpParameters }, done, failed) => {
    api.produce(sessionId, kind, rtpParameters).then((id) => done({ id }), failed);
  });
  try {
    const producers = await produceAll(device, transport, stream, { codecs, startKbps });
    await whenConnected(transport, signal);
    const path = keepPath(transport, {
      check: () => checkSession(api, sessionId),
      restartIce: async () => {
        const iceParameters = (await api.restartIce(sessionId)) as unknown as IceParameters;
        await transport.restartIce({ iceParameters });
      },
    });
    stops.push(path.stop, onNetworkChange(path.suspect));
    const video = producers.find(({ kind }) => kind === 'video');
    return {
      streamId: joined.streamId,
      videoMimeType: video?.rtpParameters.codecs[0]?.mimeType,
      lost: path.lost,
      close,
      tellClock: (offsetMs) => api.correctClock(sessionId, Math.round(offsetMs)),
      stats: async () => [...(await transport.getStats()).values()],
      replaceTrack: async (track) => {
        const producer = producers.find(({ kind }) => kind === track.kind);
        await producer?.replaceTrack({ track });
        return producer !== undefined;
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}

function produceAll(
  device: Device,
  transport: Transport,
  stream: MediaStream,
  { codecs, startKbps }: { codecs: readonly PublishCodec[]; startKbps: number },
): Promise<Producer[]> {
  return Promise.all(
    stream.getTracks().map((track) => {
      // The host's camera outlives the connection: it is stopped by the page, never by us.
      if (track.kind === 'audio') {
        return transport.produce({
          track,
          stopTracks: false,
          codecOptions: { opusFec: true, opusDtx: true },
        });
      }
      const codec = videoCodec(device.sendRtpCapabilities, codecs);
      return transport.produce({
        track,
        stopTracks: false,
        encodings: videoEncodings(track.getSettings().width, codec),
        codecOptions: { videoGoogleStartBitrate: startKbps },
        ...(codec === undefined ? {} : { codec }),
      });
    }),
  );
}
