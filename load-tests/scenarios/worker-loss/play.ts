import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { readSamples, watchPlayer } from '../../browser/clock-page.ts';
import { crowdInShow } from '../../browser/crowd-in-show.ts';
import { putOnAir, type ShowOnAir } from '../../browser/show-on-air.ts';
import type { WatcherCrowd } from '../../clients/watcher-crowd.ts';
import { atMost, exactly } from '../../report/check.ts';
import { percentiles } from '../../report/percentiles.ts';
import { listChildren, readTreeCpuSeconds } from '../../world/process-tree.ts';
import type { Outcome, ScenarioContext } from '../scenario.ts';
import type { WorkerLossParams } from './worker-loss.ts';

const film = { width: 640, height: 360, framesPerSecond: 15, withSound: true };
const MAX_P95_MS = 3_000;
/** A picture that is not back by then counts as lost for good. */
const GIVE_UP_MS = 30_000;
const LOOK_EVERY_MS = 250;
/** How long everything runs well between two kills. */
const REST_MS = 4_000;
const BUSY_SAMPLE_MS = 1_000;

/** Kills the worker that works, again and again, while pages and bots watch. */
export async function playWorkerLoss(
  { viewers, pages: pageCount, kills }: WorkerLossParams,
  { progress, signal }: ScenarioContext,
): Promise<Outcome> {
  const show = await putOnAir({ film, progress });
  try {
    let reloads = 0;
    const pages = await openPages(show, pageCount, () => {
      reloads += 1;
    });
    const bots = Math.max(0, viewers - pageCount);
    const crowd = await crowdInShow(show, bots);
    try {
      await crowd.join(bots);
      const backMs: number[] = [];
      for (let kill = 1; kill <= kills; kill += 1) {
        signal.throwIfAborted();
        await pause(REST_MS);
        progress.step(`killing a worker, ${kill} of ${kills}`);
        const killedAt = await killBusyWorker(show);
        backMs.push(...(await Promise.all(pages.map((page) => pictureBackMs(page, killedAt)))));
        await comeBack(crowd, bots);
      }
      return report(backMs, reloads);
    } finally {
      await crowd.stop();
    }
  } finally {
    progress.step('stopping everything');
    await show.stop();
  }
}

async function openPages(show: ShowOnAir, count: number, onReload: () => void): Promise<Page[]> {
  const pages: Page[] = [];
  for (let index = 0; index < count; index += 1) {
    const page = await show.openViewer();
    await page.goto(`/watch/${show.showId}`);
    await watchPlayer(page);
    page.on('load', onReload);
    pages.push(page);
  }
  return pages;
}

/** Kills the child of media-server that takes most of the processor; answers when, Unix milliseconds. */
async function killBusyWorker({ house }: ShowOnAir): Promise<number> {
  const server = house.findPid('media-server');
  if (server === undefined) throw new Error('media-server does not run');
  const before = new Map(listChildren(server).map((pid) => [pid, readTreeCpuSeconds(pid)]));
  await pause(BUSY_SAMPLE_MS);
  const busiest = [...before.keys()].sort((a, b) => usedBy(b) - usedBy(a))[0];
  if (busiest === undefined) throw new Error('media-server has no workers');
  process.kill(busiest, 'SIGKILL');
  return Date.now();

  function usedBy(pid: number): number {
    return readTreeCpuSeconds(pid) - (before.get(pid) ?? 0);
  }
}

/** From the kill to the first frame that was filmed after it. */
async function pictureBackMs(page: Page, killedAt: number): Promise<number> {
  const deadline = killedAt + GIVE_UP_MS;
  while (Date.now() < deadline) {
    const back = (await readSamples(page)).find(({ paintedAt }) => paintedAt > killedAt + LAST_WORDS_MS);
    if (back !== undefined) return back.at - killedAt;
    await pause(LOOK_EVERY_MS);
  }
  return GIVE_UP_MS;
}

/** What was on its way already may still arrive. */
const LAST_WORDS_MS = 100;

/** Bots do not heal themselves: new ones take the places of those that were cut off. */
async function comeBack(crowd: WatcherCrowd, bots: number): Promise<void> {
  await crowd.leave();
  await crowd.join(bots);
}

function report(backMs: readonly number[], reloads: number): Outcome {
  const pictureBackMs = percentiles(backMs);
  return {
    results: { pictureBackMs: { ...pictureBackMs }, reloads },
    checks: [
      atMost('pictureBackMs p95', pictureBackMs.p95, MAX_P95_MS),
      exactly('pages that had to be loaded anew', reloads, 0),
    ],
  };
}
