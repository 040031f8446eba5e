import type { Page } from 'playwright-core';
import { z } from 'zod';
import { inTime } from '../../browser/clock-page.ts';
import { crowdInShow } from '../../browser/crowd-in-show.ts';
import { putOnAir } from '../../browser/show-on-air.ts';
import { atMost } from '../../report/check.ts';
import { percentiles } from '../../report/percentiles.ts';
import type { Outcome, ScenarioContext } from '../scenario.ts';
import type { JoinParams } from './join.ts';

const film = { width: 640, height: 360, framesPerSecond: 30, withSound: true };
const MAX_P50_MS = 600;
const MAX_P95_MS = 1_200;

/** Instants of one page, milliseconds since it was asked for. */
const landmarksSchema = z.object({
  /** The first request to the media API. */
  askedAt: z.number(),
  firstFrameAt: z.number(),
});
type Landmarks = z.output<typeof landmarksSchema>;

/** Pages come to a show that others watch, each with a browser of its own, so with nothing in its cache. */
export async function playJoin(
  { viewers, joins }: JoinParams,
  { progress, signal }: ScenarioContext,
): Promise<Outcome> {
  const show = await putOnAir({ film, progress });
  try {
    progress.step(`letting ${viewers} bots in`);
    const crowd = await crowdInShow(show, viewers);
    try {
      await crowd.join(viewers);
      const seen: Landmarks[] = [];
      for (let turn = 1; turn <= joins; turn += 1) {
        signal.throwIfAborted();
        progress.step(`page ${turn} of ${joins} joins`);
        const page = await show.openViewer();
        await page.addInitScript('window.soukFirstPicture = soukClock.whenPlaying();');
        await page.goto(`/watch/${show.showId}`, { waitUntil: 'commit' });
        seen.push(await readLandmarks(page));
        await page.context().close();
      }
      const { silent } = await crowd.count();
      return report(seen, silent);
    } finally {
      await crowd.stop();
    }
  } finally {
    progress.step('stopping everything');
    await show.stop();
  }
}

async function readLandmarks(page: Page): Promise<Landmarks> {
  return landmarksSchema.parse(
    await inTime(
      page.evaluate(`window.soukFirstPicture.then(({ at }) => ({
        firstFrameAt: at,
        askedAt: Math.min(...performance.getEntriesByType('resource')
          .filter(({ name }) => new URL(name).pathname.startsWith('/media/'))
          .map(({ startTime }) => startTime)),
      }))`),
    ),
  );
}

function report(seen: readonly Landmarks[], silentBots: number): Outcome {
  const firstFrameMs = percentiles(seen.map(({ askedAt, firstFrameAt }) => firstFrameAt - askedAt));
  return {
    results: {
      firstFrameMs: { ...firstFrameMs },
      /** From asking for the page itself, with an empty cache. */
      fromNavigationMs: { ...percentiles(seen.map(({ firstFrameAt }) => firstFrameAt)) },
      silentBots,
    },
    checks: [
      atMost('firstFrameMs p50', firstFrameMs.p50, MAX_P50_MS),
      atMost('firstFrameMs p95', firstFrameMs.p95, MAX_P95_MS),
      atMost('bots that received nothing', silentBots, 0),
    ],
  };
}
