/** What the browser knows of the newest packet of a track, as far as this page uses it. Source: webrtc-extensions. */
export interface CaptureSource {
  /** Clock units of the track (90 kHz for pictures), modulo 2^32. */
  readonly rtpTimestamp: number;
  /** Milliseconds since 1900 on the clock of whoever captured; only with the header extension abs-capture-time. */
  readonly captureTimestamp?: number;
  /** Milliseconds; 0 or left out until some sender reports have come. */
  readonly senderCaptureTimeOffset?: number;
}

/** From 1900, where NTP begins, to 1970. Source: RFC 5905. */
export const NTP_TO_UNIX_MS = 2_208_988_800_000;
const VIDEO_UNITS_PER_MS = 90;

/**
 * When the frame on screen was captured, by the server's wall clock, Unix milliseconds; undefined while nothing tells.
 * `hostClockOffsetMs` is server clock minus host clock as the host measured it; without it the browser's own estimate
 * is taken.
 */
export function captureTimeOf(
  source: CaptureSource | undefined,
  frameRtpTimestamp: number,
  hostClockOffsetMs: number | undefined,
): number | undefined {
  if (source?.captureTimestamp === undefined) return undefined;
  // The source tells of the newest packet; the frame on screen is older by what the buffer holds.
  const behindUnits = (source.rtpTimestamp - frameRtpTimestamp) | 0;
  const byHost = source.captureTimestamp - NTP_TO_UNIX_MS - behindUnits / VIDEO_UNITS_PER_MS;
  return byHost + (hostClockOffsetMs ?? -(source.senderCaptureTimeOffset ?? 0));
}

/** Reads it from a receiver. */
export function readCaptureTime(
  receiver: RTCRtpReceiver | undefined,
  frameRtpTimestamp: number | undefined,
  hostClockOffsetMs: number | undefined,
): number | undefined {
  if (receiver === undefined || frameRtpTimestamp === undefined) return undefined;
  const source: CaptureSource | undefined = receiver.getSynchronizationSources()[0];
  return captureTimeOf(source, frameRtpTimestamp, hostClockOffsetMs);
}
