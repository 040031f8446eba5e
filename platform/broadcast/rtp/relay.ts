import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { Clock } from '@souk/runtime/clock';
import { addCaptureTime, readRtpTimestamp } from './capture-time.ts';

export interface RtpRelayOptions {
  /** Where the packets go on to, on this machine. */
  readonly to: { readonly ip: string; readonly port: number };
  readonly extensionId: number;
  readonly clockRate: number;
  readonly clock: Clock;
  /**
   * Called once when packets stay far from their capture time: the machine slept, or its clock was set.
   * A machine that is busy for a while is no reason: the sender catches up by itself.
   */
  readonly onOffTime: (lateMs: number) => void;
}

const OFF_TIME_MS = 2_000;
const PATIENCE_MS = 15_000;

/** Passes one RTP stream on, each packet with the capture time of its frame. */
export interface RtpRelay {
  readonly port: number;
  /** Resolves with the first packet. */
  readonly firstPacket: Promise<void>;
  /** Tells when the first frame was captured, wall-clock milliseconds; packets before that pass as they are. */
  setFirstFrame(capturedAtMs: number): void;
  close(): void;
}

/** Opens a relay on a free port of loopback. */
export async function createRtpRelay(options: RtpRelayOptions): Promise<RtpRelay> {
  const { to, extensionId, clockRate, clock } = options;
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  let firstTimestamp: number | undefined;
  let firstFrameMs: number | undefined;
  let noteFirst: () => void = () => undefined;
  const firstPacket = new Promise<void>((resolve) => {
    noteFirst = resolve;
  });
  const capturedAtMs = (timestamp: number): number | undefined => {
    if (firstTimestamp === undefined || firstFrameMs === undefined) return undefined;
    // Difference of 32 bits, for RTP time begins anywhere and wraps each 13 hours of video.
    return firstFrameMs + (((timestamp - firstTimestamp) | 0) / clockRate) * 1_000;
  };
  const rebase = (timestamp: number): void => {
    // Long before the unsigned difference wraps, count from a later packet.
    if (firstTimestamp === undefined || (timestamp - firstTimestamp) >>> 0 < 2 ** 30) return;
    firstFrameMs = capturedAtMs(timestamp);
    firstTimestamp = timestamp;
  };
  let offSinceMs: number | undefined;
  let told = false;
  const watchTime = (now: number, lateMs: number): void => {
    if (Math.abs(lateMs) < OFF_TIME_MS) offSinceMs = undefined;
    else offSinceMs ??= now;
    if (told || offSinceMs === undefined || Math.abs(now - offSinceMs) < PATIENCE_MS) return;
    told = true;
    options.onOffTime(lateMs);
  };
  socket.on('message', (packet) => {
    if (packet.length < 12) return;
    const timestamp = readRtpTimestamp(packet);
    firstTimestamp ??= timestamp;
    rebase(timestamp);
    noteFirst();
    const at = capturedAtMs(timestamp);
    const now = clock.now();
    if (at !== undefined) watchTime(now, now - at);
    const stamped = at === undefined ? undefined : addCaptureTime(packet, extensionId, at);
    socket.send(stamped ?? packet, to.port, to.ip);
  });
  // A receiver that is gone shows in the link's end; one lost packet is nothing to stop for.
  socket.on('error', () => undefined);
  let open = true;
  return {
    port: socket.address().port,
    firstPacket,
    setFirstFrame(capturedAt) {
      firstFrameMs = capturedAt;
    },
    close() {
      if (open) socket.close();
      open = false;
    },
  };
}
