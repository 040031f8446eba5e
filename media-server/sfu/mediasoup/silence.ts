import { needsWorker } from './faults.ts';
import type { RoomContext } from './room-context.ts';
import type { WebRtcSide } from './webrtc-link.ts';

/** A page that publishes and from which no media comes for this long only keeps others from publishing. */
const SILENCE_TIMEOUT_MS = 15_000;
const LOOKS = 5;

/** Ends a link as `silent` when no RTP has come over it for a while. */
export function endWhenSilent({ transport, ending }: WebRtcSide, { timing, logger }: RoomContext): void {
  const timeoutMs = timing.silenceTimeoutMs ?? SILENCE_TIMEOUT_MS;
  let heard = { bytes: 0, at: performance.now() };
  const look = async (): Promise<void> => {
    const bytes = (await needsWorker(() => transport.getStats()))[0]?.rtpBytesReceived ?? 0;
    if (bytes !== heard.bytes) heard = { bytes, at: performance.now() };
    else if (performance.now() - heard.at >= timeoutMs) ending.end('silent');
  };
  const timer = setInterval(() => {
    look().catch((err: unknown) => {
      if (ending.reason === null) logger.warn({ event: 'publisher-not-heard', err });
    });
  }, timeoutMs / LOOKS);
  ending.onEnd(() => clearInterval(timer));
}
