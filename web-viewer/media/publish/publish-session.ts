import type { MediaTicket } from '@souk/protocol/http/media';
import type { StreamId } from '@souk/protocol/ids';
import { ApiError } from '../../api/api-error.ts';
import { joinBackoff } from '../backoff.ts';
import { createDeviceLoader } from '../device-loader.ts';
import { createLifeline, type LifelineState } from '../lifeline.ts';
import { createMediaApi } from '../media-api.ts';
import { createTicketKeeper, type RefreshTicket } from '../media-ticket.ts';
import { type ClockTeller, createClockTeller } from './clock-teller.ts';
import { type PublishCodec, publishCodecs } from './encodings.ts';
import { describeHealth, type PublishHealth, readSample, type SendSample } from './health.ts';
import { joinAsPublisher, type PublishConnection } from './publish-join.ts';

/** What the host's broadcast is doing. `taken-over`: another page of the same host publishes now. */
export type PublishState = 'connecting' | 'publishing' | 'reconnecting' | 'taken-over' | 'failed';

export interface PublishSessionOptions {
  readonly ticket: MediaTicket;
  readonly refreshTicket: RefreshTicket;
  /** Camera and microphone; the session never stops these tracks. */
  readonly stream: MediaStream;
  /** Server clock minus this page's, milliseconds; undefined until it was measured. */
  readonly clockOffsetMs: () => number | undefined;
  /** False while the picture stands still by intention: the camera is off. */
  readonly isMoving: () => boolean;
  onState(state: PublishState, error?: unknown): void;
  /** Told every two seconds while publishing, with what the picture is sent in. */
  onHealth(health: PublishHealth, videoMimeType: string | undefined): void;
}

export interface PublishSession {
  /** Told by the page what the timeline says about the show's stream; null when it has stopped. */
  streamChanged(streamId: string | null): void;
  /** Publishes again after `taken-over` or `failed`. */
  resume(): void;
  /** Sends another camera or microphone from now on. */
  replaceTrack(track: MediaStreamTrack): Promise<void>;
  /** Stops publishing for good. */
  close(): void;
}

const HEALTH_INTERVAL_MS = 2_000;
/** An encoder that has made no picture by then will make none: the other codec is tried. */
const NO_PICTURE_READINGS = 3;
const withoutH264: readonly PublishCodec[] = ['video/vp8'];

const publishStates: Record<LifelineState, PublishState> = {
  connecting: 'connecting',
  up: 'publishing',
  idle: 'taken-over',
  reconnecting: 'reconnecting',
  failed: 'failed',
};

/** Keeps a host on air: publishes, tells how well it goes, and publishes anew after each loss. */
export function createPublishSession(options: PublishSessionOptions): PublishSession {
  const api = createMediaApi(createTicketKeeper(options.ticket, options.refreshTicket));
  const getDevice = createDeviceLoader(api);
  const { stream } = options;
  let current: PublishConnection | undefined;
  /** What this page published last: another page that took over since is then not thrown out in turn. */
  let lastStreamId: StreamId | undefined;
  /** True once the timeline has named our present stream; only what it says afterwards is about us. */
  let announced = false;
  /** What the timeline named last; it may name our stream before our own join has ended. */
  let named: string | null = null;
  let codecs: readonly PublishCodec[] = publishCodecs;
  let blindReadings = 0;
  let clock: ClockTeller | undefined;

  const onReading = (health: PublishHealth, connection: PublishConnection): void => {
    clock?.look();
    options.onHealth(health, connection.videoMimeType);
    const isBlind = health.width === 0 && options.isMoving() && connection.videoMimeType !== undefined;
    blindReadings = isBlind ? blindReadings + 1 : 0;
    if (blindReadings < NO_PICTURE_READINGS || codecs === withoutH264) return;
    codecs = withoutH264;
    lifeline.renew();
  };

  const connect = async (signal: AbortSignal): Promise<PublishConnection> => {
    announced = false;
    current = undefined;
    try {
      const device = await getDevice(signal);
      const clockOffsetMs = options.clockOffsetMs();
      const wish = { stream, resumes: lastStreamId, clockOffsetMs, codecs };
      current = await joinAsPublisher(api, device, wish, signal);
      clock = createClockTeller({
        told: clockOffsetMs,
        read: options.clockOffsetMs,
        tell: current.tellClock,
      });
    } catch (error) {
      // A browser that offers a codec and then cannot open its encoder refuses here.
      if (error instanceof DOMException && error.name === 'OperationError') codecs = withoutH264;
      if (lastStreamId !== undefined && isTakenOver(error)) lifeline.rest();
      throw error;
    }
    lastStreamId = current.streamId;
    announced = named === current.streamId;
    return withHealth(current, options.isMoving, onReading);
  };
  const lifeline = createLifeline({
    connect,
    onState: (state, error) => options.onState(publishStates[state], error),
    backoff: joinBackoff,
    idleRetryMs: HEALTH_INTERVAL_MS,
    renewSpreadMs: 0,
    random: Math.random,
  });

  return {
    streamChanged: (streamId) => {
      named = streamId;
      if (current === undefined) return;
      if (streamId === current.streamId) announced = true;
      else if (!announced) return;
      else if (streamId === null) lifeline.renew();
      else lifeline.rest();
    },
    resume: () => {
      lastStreamId = undefined;
      lifeline.renew();
    },
    replaceTrack: async (track) => {
      for (const old of stream.getTracks().filter(({ kind }) => kind === track.kind)) stream.removeTrack(old);
      stream.addTrack(track);
      // A kind that was not sent so far, such as a microphone that came later, needs a new negotiation.
      if (current !== undefined && !(await current.replaceTrack(track))) lifeline.renew();
    },
    close: () => lifeline.close(),
  };
}

function isTakenOver(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'ALREADY_PUBLISHING';
}

/** The same connection, with its health told until it is closed. */
function withHealth(
  connection: PublishConnection,
  isMoving: () => boolean,
  onReading: (health: PublishHealth, connection: PublishConnection) => void,
): PublishConnection {
  let before: SendSample | undefined;
  const look = async (): Promise<void> => {
    const after = readSample(await connection.stats(), Date.now());
    if (before !== undefined) onReading(describeHealth(before, after, isMoving()), connection);
    before = after;
  };
  // A reading that fails belongs to a connection that is ending: its loss is told elsewhere.
  const timer = setInterval(() => void look().catch(() => undefined), HEALTH_INTERVAL_MS);
  const close = (): void => {
    clearInterval(timer);
    connection.close();
  };
  return { ...connection, close };
}
