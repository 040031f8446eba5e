import type { JoinMediaResponse } from '@souk/protocol/http/media';
import type { Device, RtpParameters, Transport } from 'mediasoup-client/types';
import { whenConnected, whenLost } from './connected.ts';
import { transportOptions } from './device.ts';
import type { Connection } from './lifeline.ts';
import type { MediaApi } from './media-api.ts';
import { onPageLeave } from './page-leave.ts';

export interface WatchConnection extends Connection {
  readonly streamId: string;
  readonly media: MediaStream;
}

/**
 * Joins as a watcher in two round trips: the session comes with its consumers, then the transport connects.
 * Rejects with ApiError (STREAM_NOT_PUBLISHED while nothing is on), or when the signal aborts.
 */
export async function joinAsWatcher(
  api: MediaApi,
  device: Device,
  signal: AbortSignal,
): Promise<WatchConnection> {
  const joined = await api.join(
    { intent: 'watch', rtpCapabilities: { ...device.recvRtpCapabilities } },
    signal,
  );
  const transport = device.createRecvTransport(transportOptions(joined.transport));
  const stopListening = onPageLeave(() => api.leave(joined.sessionId));
  const close = (): void => {
    stopListening();
    transport.close();
    api.leave(joined.sessionId);
  };
  try {
    const media = await receive(api, transport, joined);
    await whenConnected(transport, signal);
    return { streamId: joined.streamId, media, lost: whenLost(transport), close };
  } catch (error) {
    close();
    throw error;
  }
}

async function receive(api: MediaApi, transport: Transport, joined: JoinMediaResponse): Promise<MediaStream> {
  transport.on('connect', ({ dtlsParameters }, done, failed) => {
    api.connect(joined.sessionId, dtlsParameters).then(done, failed);
  });
  const consumers = await Promise.all(
    joined.consumers.map(({ id, producerId, kind, rtpParameters }) =>
      transport.consume({ id, producerId, kind, rtpParameters: rtpParameters as unknown as RtpParameters }),
    ),
  );
  return new MediaStream(consumers.map((consumer) => consumer.track));
}
