import type { StreamId } from '@souk/protocol/ids';
import type { Device, Producer, Transport } from 'mediasoup-client/types';
import { whenConnected, whenLost } from './connected.ts';
import { transportOptions } from './device.ts';
import type { Connection } from './lifeline.ts';
import type { MediaApi } from './media-api.ts';
import { onPageLeave } from './page-leave.ts';
import { videoCodec, videoEncodings } from './publish-encodings.ts';

export interface PublishConnection extends Connection {
  readonly streamId: StreamId;
  /** Statistics of everything that is being sent (RTCStats dictionaries). */
  stats(): Promise<unknown[]>;
  /** Sends another track of the same kind instead, without a new negotiation. False when no track of that kind is sent. */
  replaceTrack(track: MediaStreamTrack): Promise<boolean>;
}

/**
 * Publishes the tracks of the stream; `resumes` names what this page published before a loss.
 * Rejects with ApiError (ALREADY_PUBLISHING when another page does), or when the signal aborts.
 */
export async function joinAsPublisher(
  api: MediaApi,
  device: Device,
  { stream, resumes }: { stream: MediaStream; resumes: StreamId | undefined },
  signal: AbortSignal,
): Promise<PublishConnection> {
  const body = { intent: 'publish', ...(resumes === undefined ? {} : { resumes }) } as const;
  const joined = await api.join(body, signal);
  const { sessionId } = joined;
  const transport = device.createSendTransport(transportOptions(joined.transport));
  const stopListening = onPageLeave(() => api.leave(sessionId));
  const close = (): void => {
    stopListening();
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
    const producers = await produceAll(device, transport, stream);
    await whenConnected(transport, signal);
    return {
      streamId: joined.streamId,
      lost: whenLost(transport),
      close,
      stats: () => allStats(producers),
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

function produceAll(device: Device, transport: Transport, stream: MediaStream): Promise<Producer[]> {
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
      const codec = videoCodec(device.sendRtpCapabilities);
      return transport.produce({
        track,
        stopTracks: false,
        encodings: videoEncodings(track.getSettings().width),
        codecOptions: { videoGoogleStartBitrate: 1_000 },
        ...(codec === undefined ? {} : { codec }),
      });
    }),
  );
}

async function allStats(producers: readonly Producer[]): Promise<unknown[]> {
  const reports = await Promise.all(producers.map((producer) => producer.getStats()));
  return reports.flatMap((report) => [...report.values()]);
}
