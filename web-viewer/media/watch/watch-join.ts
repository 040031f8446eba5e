import type { JoinMediaResponse } from '@souk/protocol/http/media';
import type { Consumer, Device, IceParameters, RtpParameters, Transport } from 'mediasoup-client/types';
import { ApiError } from '../../api/api-error.ts';
import { whenConnected } from '../connected.ts';
import { transportOptions } from '../device.ts';
import type { Connection } from '../lifeline.ts';
import type { MediaApi } from '../media-api.ts';
import { onNetworkChange } from '../network-change.ts';
import { onPageLeave } from '../page-leave.ts';
import { createConsumerWishes } from './consumer-wishes.ts';
import { canKeepLipSync, keepLipSync, type LipSyncKeeper } from './keep-lip-sync.ts';
import { type ReceiveSample, readReceiveSample } from './reception.ts';
import { createSilenceWatch, type SilenceWatch } from './silence-watch.ts';
import { type WatchWish, wantsPicture } from './watch-wish.ts';

export interface WatchConnection extends Connection {
  readonly streamId: string;
  readonly media: MediaStream;
  /** Resolves with the first packet. */
  readonly flowing: Promise<void>;
  /** Asks for what is wanted from now on. */
  want(wish: WatchWish): void;
  sample(): Promise<ReceiveSample>;
  /** Told of frames on screen, now and then. */
  noteShown(frame: VideoFrameCallbackMetadata): void;
  /** Receives the picture; undefined where there is only sound. */
  readonly pictureReceiver: RTCRtpReceiver | undefined;
}

export interface WatchJoinOptions {
  readonly wish: WatchWish;
  /** How long a new path may take before the connection is given up, milliseconds. */
  readonly recoverMs: number;
}

/**
 * Joins as a watcher in two round trips: the session comes with its consumers, then the transport connects.
 * Rejects with ApiError (STREAM_NOT_PUBLISHED while nothing is on), or when the signal aborts.
 */
export async function joinAsWatcher(
  api: MediaApi,
  device: Device,
  options: WatchJoinOptions,
  signal: AbortSignal,
): Promise<WatchConnection> {
  const joined = await api.join(
    { intent: 'watch', rtpCapabilities: { ...device.recvRtpCapabilities } },
    signal,
  );
  const transport = device.createRecvTransport(transportOptions(joined.transport));
  const stops = [onPageLeave(() => api.leave(joined.sessionId))];
  const close = (): void => {
    for (const stop of stops) stop();
    transport.close();
    api.leave(joined.sessionId);
  };
  try {
    const consumers = await receive(api, transport, joined);
    await whenConnected(transport, signal);
    const wishes = createConsumerWishes(api, joined.sessionId, joined.consumers);
    wishes.want(options.wish);
    let { wish } = options;
    const hasSound = consumers.some(({ kind }) => kind === 'audio');
    const watch = watchSilence(api, transport, joined.sessionId, {
      recoverMs: options.recoverMs,
      isExpected: () => hasSound || wantsPicture(wish),
    });
    stops.push(watch.stop, onNetworkChange(watch.suspect));
    const lips = watchLips(transport, consumers);
    if (lips !== undefined) stops.push(lips.stop);
    return {
      streamId: joined.streamId,
      media: new MediaStream(consumers.map(({ track }) => track)),
      lost: watch.lost,
      flowing: watch.flowing,
      want: (next) => {
        wish = next;
        wishes.want(next);
      },
      sample: () => readSample(transport),
      noteShown: (frame) => lips?.noteShown(frame),
      pictureReceiver: consumers.find(({ kind }) => kind === 'video')?.rtpReceiver,
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

async function receive(api: MediaApi, transport: Transport, joined: JoinMediaResponse): Promise<Consumer[]> {
  transport.on('connect', ({ dtlsParameters }, done, failed) => {
    api.connect(joined.sessionId, dtlsParameters).then(done, failed);
  });
  const wishes = joined.consumers.map(({ id, producerId, kind, rtpParameters }) => ({
    ...{ id, producerId, kind },
    rtpParameters: rtpParameters as unknown as RtpParameters,
  }));
  // Browsers keep together what comes in one stream, and the picture as late as the sound.
  const apart = canKeepLipSync(wishes.map(({ rtpParameters }) => rtpParameters));
  return Promise.all(
    wishes.map((wish) => transport.consume(apart ? { ...wish, streamId: wish.kind } : wish)),
  );
}

/** Undefined where the browser keeps sound and picture together by itself. */
function watchLips(transport: Transport, consumers: readonly Consumer[]): LipSyncKeeper | undefined {
  if (!canKeepLipSync(consumers.map(({ rtpParameters }) => rtpParameters))) return undefined;
  const [picture, sound] = (['video', 'audio'] as const).map(
    (kind) => consumers.find((consumer) => consumer.kind === kind)?.rtpReceiver,
  );
  if (picture === undefined || sound === undefined) return undefined;
  return keepLipSync({ picture, sound, readStats: async () => (await transport.getStats()).values() });
}

function watchSilence(
  api: MediaApi,
  transport: Transport,
  sessionId: string,
  bounds: { recoverMs: number; isExpected(): boolean },
): SilenceWatch {
  const watch = createSilenceWatch({
    ...bounds,
    readPackets: async () => (await readSample(transport)).packets,
    check: () => checkSession(api, sessionId),
    restartIce: async () => {
      const iceParameters = (await api.restartIce(sessionId)) as unknown as IceParameters;
      await transport.restartIce({ iceParameters });
    },
    now: () => performance.now(),
  });
  transport.on('connectionstatechange', (state) => {
    if (state === 'disconnected' || state === 'failed') watch.suspect();
  });
  return watch;
}

async function readSample(transport: Transport): Promise<ReceiveSample> {
  return readReceiveSample((await transport.getStats()).values(), performance.now());
}

/** `unknown` when the server does not answer: it may be the network, or the server is being restarted. */
export async function checkSession(
  api: Pick<MediaApi, 'check'>,
  sessionId: string,
): Promise<'alive' | 'gone' | 'unknown'> {
  try {
    await api.check(sessionId);
    return 'alive';
  } catch (error) {
    return error instanceof ApiError && error.code === 'MEDIA_SESSION_NOT_FOUND' ? 'gone' : 'unknown';
  }
}
