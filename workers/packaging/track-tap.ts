import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { AiredStream, Tap } from '@souk/protocol/http/internal';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import { createTrackFeed, type TrackCodec, type TrackFeed } from './rtp/track-feed.ts';
import type { TapClient, TapRequest } from './tap-client.ts';

/** A track of a stream on its way here. */
export interface TrackTap {
  readonly feed: TrackFeed;
  /** True when the media server has ended it. */
  readonly hasEnded: boolean;
  close(): void;
}

export interface TrackTapOptions {
  readonly client: TapClient;
  readonly stream: AiredStream;
  readonly request: Pick<TapRequest, 'kind' | 'spatialLayer'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

const LOOPBACK = '127.0.0.1';
const KEEP_EVERY_MS = 2_000;
/** Segments of nearly a second, whatever the publisher's encoder would do by itself. */
const KEY_FRAME_EVERY_MS = 950;
const RECEIVE_BUFFER_BYTES = 2 * 1_024 * 1_024;

const codecs: Readonly<Record<string, TrackCodec>> = {
  'video/h264': 'H264',
  'video/vp8': 'VP8',
  'audio/opus': 'opus',
};

/** Opens a tap and keeps it. Rejects when the media server does not give it, or gives what nobody can package. */
export async function openTrackTap(options: TrackTapOptions): Promise<TrackTap> {
  const { client, stream, request, clock, logger } = options;
  const socket = await openSocket();
  const tap = await askForTap(options, socket);
  const codec = codecs[tap.mimeType.toLowerCase()];
  if (codec === undefined) {
    socket.close();
    throw new RangeError(`${tap.mimeType} cannot be packaged`);
  }
  const { clockRate, absCaptureTimeId } = tap;
  const feed = createTrackFeed({ codec, clockRate, absCaptureTimeId, clock });
  socket.on('message', (bytes) => feed.receive(bytes));
  let hasEnded = false;
  const end = (): void => {
    if (hasEnded) return;
    hasEnded = true;
    clearInterval(timer);
    socket.close();
  };
  const timer = setInterval(() => {
    client.keep(stream.mediaUrl, tap.id).catch((err: unknown) => {
      logger.info({ event: 'tap-ended', streamId: stream.streamId, kind: request.kind, err });
      end();
    });
  }, KEEP_EVERY_MS);
  return {
    feed,
    get hasEnded() {
      return hasEnded;
    },
    close() {
      if (hasEnded) return;
      end();
      // It ends by itself when this is not heard.
      client.close(stream.mediaUrl, tap.id).catch(() => undefined);
    },
  };
}

async function askForTap({ client, stream, request }: TrackTapOptions, socket: Socket): Promise<Tap> {
  try {
    return await client.open(stream.mediaUrl, stream.streamId, {
      ...request,
      ip: LOOPBACK,
      port: socket.address().port,
      ...(request.kind === 'video' ? { keyFrameEveryMs: KEY_FRAME_EVERY_MS } : {}),
    });
  } catch (error) {
    socket.close();
    throw error;
  }
}

async function openSocket(): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: RECEIVE_BUFFER_BYTES });
  socket.bind(0, LOOPBACK);
  await once(socket, 'listening');
  // Whoever sends is gone: the tap's end is heard of elsewhere.
  socket.on('error', () => undefined);
  return socket;
}
