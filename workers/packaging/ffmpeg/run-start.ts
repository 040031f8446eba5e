import type { FeedPacket, TrackFeed } from '../rtp/track-feed.ts';
import type { StreamTime } from '../stream-time.ts';
import type { RunPlan } from './run-plan.ts';

/** Where a run begins in each of its inputs. */
export interface RunStart {
  /** What ffmpeg sees as moment 0, Unix milliseconds. */
  readonly originMs: number;
  /** The first moment of each input that goes in. */
  readonly fromTicks: readonly number[];
  /** How long after the origin the first picture of each input was captured; of sound, when it may begin. */
  readonly leadsMs: readonly number[];
  /** What a decoder has to know of each input at its beginning. */
  readonly formats: readonly string[];
}

/** ffmpeg's timestamps stay above 0 with this, even where sound begins a little before the picture. */
const LEAD_MS = 500;
/** Times of one key frame differ by so much between two looks at the clock. */
const TOLERANCE_MS = 40;

/**
 * Finds the first moment at which all inputs can begin: a whole key frame of each picture, captured at `notBeforeMs`
 * or later. Undefined while there is none. Needs a settled time.
 */
export function findStart(plan: RunPlan, time: StreamTime, notBeforeMs: number): RunStart | undefined {
  const msOf = (feed: TrackFeed, ticks: number): number =>
    time.originOf(feed) + (ticks / feed.clockRate) * 1_000;
  const firsts = plan.inputs.map((feed) => {
    if (feed.codec === 'opus') return feed.recent().at(0);
    return findKeyFrame(feed, (packet) => msOf(feed, packet.ticks) >= notBeforeMs - TOLERANCE_MS);
  });
  const pictures = plan.inputs.flatMap((feed, index) => {
    const first = firsts[index];
    return feed.codec === 'opus' || first === undefined ? [] : [msOf(feed, first.ticks)];
  });
  if (firsts.some((first) => first === undefined)) return undefined;
  const earliest = pictures.length > 0 ? Math.min(...pictures) : soundStart(plan, firsts, notBeforeMs, msOf);
  const originMs = Math.floor(earliest) - LEAD_MS;
  return {
    originMs,
    leadsMs: plan.inputs.map((feed, index) => msOf(feed, firsts[index]?.ticks ?? 0) - originMs),
    fromTicks: plan.inputs.map((feed, index) => {
      if (feed.codec !== 'opus') return firsts[index]?.ticks ?? 0;
      return ((earliest - TOLERANCE_MS - time.originOf(feed)) / 1_000) * feed.clockRate;
    }),
    formats: plan.inputs.map((feed, index) => formatOf(feed, firsts[index])),
  };
}

function soundStart(
  plan: RunPlan,
  firsts: readonly (FeedPacket | undefined)[],
  notBeforeMs: number,
  msOf: (feed: TrackFeed, ticks: number) => number,
): number {
  const times = plan.inputs.map((feed, index) => msOf(feed, firsts[index]?.ticks ?? 0));
  return Math.max(notBeforeMs, Math.min(...times));
}

/** The first packet of a key frame that has arrived whole. */
function findKeyFrame(feed: TrackFeed, fits: (packet: FeedPacket) => boolean): FeedPacket | undefined {
  const packets = feed.recent();
  const newest = packets.at(-1)?.ticks ?? 0;
  return packets.find((packet) => packet.beginsKeyFrame && packet.ticks < newest && fits(packet));
}

/** It stands in packets of the key frame itself, in whichever of them. */
function formatOf(feed: TrackFeed, first: FeedPacket | undefined): string {
  if (first === undefined) return '';
  return feed.recent().findLast((packet) => packet.ticks === first.ticks)?.format ?? '';
}
