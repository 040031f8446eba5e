import { atLeast, atMost } from '../../report/check.ts';
import { type Percentiles, percentiles } from '../../report/percentiles.ts';
import type { Results } from '../../report/report.ts';
import type { Outcome } from '../scenario.ts';

export type WayName = 'webrtc0' | 'webrtc300' | 'webrtc1000' | 'hls' | 'control';

/** A pin as a page showed it; Unix milliseconds. */
export interface PinSkew {
  /** The instant that the host meant. */
  readonly at: number;
  readonly seenAt: number;
  /** The instant of the picture that was on screen; null where it could not be read. */
  readonly paintedAt: number | null;
}

const MAX_WEBRTC_MS = 66;
const MAX_HLS_MS = 80;
const MAX_CLOCK_ERROR_MS = 20;

/** `pins`: how many were set in each way; `clockErrorsMs`: what the host's page told, minus the true instant. */
export function report(
  skews: Readonly<Record<WayName, readonly PinSkew[]>>,
  clockErrorsMs: readonly number[],
  pins: number,
): Outcome {
  const { webrtc0, webrtc300, webrtc1000, hls, control } = skews;
  const webrtc = [...webrtc0, ...webrtc300, ...webrtc1000];
  const [webrtcSkewMs, hlsSkewMs, controlSkewMs] = [skewOf(webrtc), skewOf(hls), skewOf(control)];
  const clockErrorMs = percentiles(clockErrorsMs.map(Math.abs));
  const seen = Math.min(...Object.values(skews).map((way) => skewOf(way).count));
  return {
    results: {
      webrtcSkewMs: {
        ...webrtcSkewMs,
        byJitterBufferTarget: {
          0: { ...skewOf(webrtc0) },
          300: { ...skewOf(webrtc300) },
          1000: { ...skewOf(webrtc1000) },
        },
      },
      hlsSkewMs: { ...hlsSkewMs },
      controlSkewMs: { ...controlSkewMs },
      clockErrorMs: { ...clockErrorMs },
      /** The picture's instant minus the pin's: below zero the pin came too early. */
      signedSkewMs: eachWay(skews, (way) => ({ ...percentiles(signed(way)) })),
      /** How far the picture was behind the host when a pin came. */
      pictureDelayMs: eachWay(skews, (way) => percentiles(delays(way)).p50),
      /** From the press to the page. */
      pinDelayMs: eachWay(skews, (way) => percentiles(way.map(({ at, seenAt }) => seenAt - at)).p50),
    },
    checks: [
      atMost('webrtcSkewMs p95', orWorst(webrtcSkewMs), MAX_WEBRTC_MS),
      atMost('hlsSkewMs p95', orWorst(hlsSkewMs), MAX_HLS_MS),
      // Otherwise a page that knows nothing of its picture would do as well, and nothing were proven.
      atLeast('controlSkewMs p50', controlSkewMs.p50, MAX_HLS_MS + 1),
      atMost(
        'clockErrorMs max',
        clockErrorMs.count === 0 ? Number.POSITIVE_INFINITY : clockErrorMs.max,
        MAX_CLOCK_ERROR_MS,
      ),
      atLeast('fewest pins seen in a way', seen, Math.floor(pins * 0.96)),
    ],
  };
}

function signed(way: readonly PinSkew[]): number[] {
  return way.flatMap(({ at, paintedAt }) => (paintedAt === null ? [] : [paintedAt - at]));
}

function delays(way: readonly PinSkew[]): number[] {
  return way.flatMap(({ seenAt, paintedAt }) => (paintedAt === null ? [] : [seenAt - paintedAt]));
}

function skewOf(way: readonly PinSkew[]): Percentiles {
  return percentiles(signed(way).map(Math.abs));
}

function orWorst({ count, p95 }: Percentiles): number {
  return count === 0 ? Number.POSITIVE_INFINITY : p95;
}

function eachWay(
  skews: Readonly<Record<WayName, readonly PinSkew[]>>,
  figure: (way: readonly PinSkew[]) => Results[string],
): Results {
  return Object.fromEntries(Object.entries(skews).map(([name, way]) => [name, figure(way)]));
}
