import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import {
  blockWebRtc,
  type ClockSample,
  callMyself,
  type Film,
  openContext,
  readPlayoutDelay,
  readSamples,
  watchPlayer,
} from '../../browser/clock-page.ts';
import { putOnAir, type ShowOnAir } from '../../browser/show-on-air.ts';
import { atMost } from '../../report/check.ts';
import { percentiles } from '../../report/percentiles.ts';
import type { Outcome, ScenarioContext } from '../scenario.ts';
import type { GlassToGlassParams } from './glass-to-glass.ts';

const MAX_RATIO = 1.6;
const MAX_HLS_MS = 3_500;
/** Sound after its picture; later is noticed by some. */
const MAX_LIP_SYNC_MS = 80;

/** Ways from a camera to a screen; they are watched one after the other, so that none takes the processor of another. */
type Way = 'webrtc' | 'hls' | 'loopback' | 'loopbackWithSound';

/** Watches the same clock through every way, in turn. */
export async function playGlassToGlass(
  params: GlassToGlassParams,
  { progress, signal }: ScenarioContext,
): Promise<Outcome> {
  const film: Film = { ...params, withSound: true };
  const seen: Record<Way, Seen> = {
    webrtc: none(),
    hls: none(),
    loopback: none(),
    loopbackWithSound: none(),
  };
  const show = await putOnAir({ film, progress });
  try {
    for (let round = 1; round <= params.rounds; round += 1) {
      for (const way of Object.keys(seen) as Way[]) {
        signal.throwIfAborted();
        progress.step(`${way}, round ${round} of ${params.rounds}`);
        const { pictureMs, soundLaterMs } = await measure(show, way, params);
        seen[way].pictureMs.push(...pictureMs);
        seen[way].soundLaterMs.push(...soundLaterMs);
      }
    }
  } finally {
    progress.step('stopping everything');
    await show.stop();
  }
  return report(seen);
}

/** What a way has shown, for each frame. */
interface Seen {
  /** From the camera to the screen. */
  readonly pictureMs: number[];
  /** How much later the sound of the same moment is heard; none where that cannot be known. */
  readonly soundLaterMs: number[];
}

function none(): Seen {
  return { pictureMs: [], soundLaterMs: [] };
}

async function measure(show: ShowOnAir, way: Way, params: GlassToGlassParams): Promise<Seen> {
  const page = await openWay(show, way, params);
  try {
    await pause((params.settleSeconds + params.seconds) * 1_000);
    const samples = lastOf(await readSamples(page), params.seconds * 1_000);
    const playoutMs = await readPlayoutDelay(page);
    return {
      pictureMs: samples.map(({ at, paintedAt }) => at - paintedAt),
      soundLaterMs: samples.flatMap(({ at, paintedAt, soundAgeMs }) =>
        soundAgeMs === undefined ? [] : [soundAgeMs + playoutMs - (at - paintedAt)],
      ),
    };
  } finally {
    await page.context().close();
  }
}

async function openWay(show: ShowOnAir, way: Way, params: GlassToGlassParams): Promise<Page> {
  switch (way) {
    case 'webrtc':
    case 'hls': {
      const page = await show.openViewer(way === 'hls' ? blockWebRtc : undefined);
      await page.goto(`/watch/${show.showId}`);
      await watchPlayer(page);
      return page;
    }
    case 'loopback':
    case 'loopbackWithSound': {
      const { origin } = show.house;
      const context = await openContext(show.browser, { origin, width: 1_280, height: 720 });
      const page = await context.newPage();
      await page.goto('/healthz');
      const film = { ...params, withSound: way === 'loopbackWithSound', mimeType: 'video/h264' };
      await callMyself(page, film);
      return page;
    }
  }
}

/** The last `spanMs` of what was seen. */
function lastOf(samples: readonly ClockSample[], spanMs: number): ClockSample[] {
  const until = samples.at(-1)?.at ?? 0;
  return samples.filter(({ at }) => at > until - spanMs);
}

function report(seen: Record<Way, Seen>): Outcome {
  const [webrtc, hls] = [percentiles(seen.webrtc.pictureMs), percentiles(seen.hls.pictureMs)];
  const loopback = percentiles(seen.loopback.pictureMs);
  const withSound = percentiles(seen.loopbackWithSound.pictureMs);
  const soundLater = percentiles(seen.webrtc.soundLaterMs);
  const ratio = (value: number, base: number): number => Math.round((value / base) * 100) / 100;
  const ratioToLoopback = { p50: ratio(webrtc.p50, loopback.p50), p95: ratio(webrtc.p95, loopback.p95) };
  return {
    results: {
      glassToGlassMs: { ...webrtc },
      hlsMs: { ...hls },
      /** By WebRTC: how much later than its picture the sound is heard. */
      soundLaterMs: { ...soundLater },
      /** With sound here, none in the call to itself: what lip-sync costs is counted too. */
      ratioToLoopback,
      ratioToLoopbackWithSound: {
        p50: ratio(webrtc.p50, withSound.p50),
        p95: ratio(webrtc.p95, withSound.p95),
      },
    },
    peers: [
      { name: 'a browser that calls itself, without sound', results: { glassToGlassMs: { ...loopback } } },
      { name: 'a browser that calls itself, with sound', results: { glassToGlassMs: { ...withSound } } },
    ],
    checks: [
      atMost('ratioToLoopback p50', ratioToLoopback.p50, MAX_RATIO),
      atMost(
        'soundLaterMs p50, late or early',
        soundLater.count === 0 ? Number.POSITIVE_INFINITY : Math.abs(soundLater.p50),
        MAX_LIP_SYNC_MS,
      ),
      atMost('hlsMs p50', hls.count === 0 ? Number.POSITIVE_INFINITY : hls.p50, MAX_HLS_MS),
    ],
  };
}
