import { z } from 'zod';
import { type HelperProcess, startHelper } from '../world/helper-process.ts';
import type { CrowdOrder } from './crowd-process.ts';
import type { CrowdCounts } from './crowd-stats.ts';
import type { Verdict } from './judge.ts';
import type { Dialect } from './wire.ts';

const pairsSchema = z.array(z.tuple([z.number(), z.number()]));
const countsSchema = z.object({
  viewers: z.number(),
  following: z.number(),
  deliveries: z.number(),
  deliveryMs: pairsSchema,
  backInSyncMs: pairsSchema,
  events: z.record(z.string(), z.number()),
});
const verdictSchema = z.object({
  lost: z.number(),
  duplicated: z.number(),
  disordered: z.number(),
  unknown: z.number(),
  states: z.record(z.string(), z.number()),
  histories: z.number(),
});
const replySchema = z.object({ counts: countsSchema, verdict: verdictSchema.nullable() });
type Reply = z.infer<typeof replySchema>;

export interface CrowdTarget {
  readonly dialect: Dialect;
  /** Addresses of the servers; a viewer tries the next one when one fails. */
  readonly targets: readonly string[];
  readonly showId: string;
}

/** Viewers of one show in processes of their own, on raw WebSockets. */
export interface Crowd {
  readonly pids: readonly number[];
  /** Lets one viewer come for each token; resolves when all of them follow the show. */
  join(target: CrowdTarget, tokens: readonly string[]): Promise<void>;
  /** Forgets what was counted so far. */
  reset(): Promise<void>;
  count(): Promise<CrowdCounts>;
  /** Cuts that share of the connections, picked at random; the viewers come back by themselves. */
  cut(share: number): Promise<void>;
  /** Waits until all follow the show, or for `timeoutMs`. */
  gather(timeoutMs: number): Promise<CrowdCounts>;
  /** Compares what each viewer has heard with the ids that the timeline holds, oldest first. */
  judge(expected: readonly string[], options: { readonly fold: boolean }): Promise<Verdict>;
  leave(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts that many processes for viewers, with room for young objects: their own collections would delay what they measure. */
export async function startCrowd(processes: number): Promise<Crowd> {
  const script = new URL('./crowd-process.ts', import.meta.url);
  const helpers: HelperProcess<Reply>[] = await Promise.all(
    Array.from({ length: processes }, () => startHelper(script, replySchema, ['--max-semi-space-size=64'])),
  );
  const askAll = (order: (index: number) => CrowdOrder): Promise<Reply[]> =>
    Promise.all(helpers.map((helper, index) => helper.ask(order(index))));
  const countAll = async (order: CrowdOrder): Promise<CrowdCounts> =>
    add((await askAll(() => order)).map(({ counts }) => counts));
  return {
    pids: helpers.map(({ pid }) => pid),
    async join({ targets, ...target }, tokens) {
      await askAll((index) => ({
        kind: 'join',
        ...target,
        targets: [...targets],
        tokens: tokens.filter((_, place) => place % processes === index),
      }));
    },
    async reset() {
      await countAll({ kind: 'reset' });
    },
    count: () => countAll({ kind: 'count' }),
    async cut(share) {
      await countAll({ kind: 'cut', share });
    },
    gather: (timeoutMs) => countAll({ kind: 'gather', timeoutMs }),
    async judge(expected, { fold }) {
      const replies = await askAll(() => ({ kind: 'judge', expected: [...expected], fold }));
      return addVerdicts(replies.flatMap(({ verdict }) => (verdict === null ? [] : [verdict])));
    },
    async leave() {
      await countAll({ kind: 'leave' });
    },
    async stop() {
      await Promise.all(helpers.map((helper) => helper.stop()));
    },
  };
}

function add(parts: readonly CrowdCounts[]): CrowdCounts {
  const sum = (pick: (part: CrowdCounts) => number): number =>
    parts.reduce((total, part) => total + pick(part), 0);
  return {
    viewers: sum(({ viewers }) => viewers),
    following: sum(({ following }) => following),
    deliveries: sum(({ deliveries }) => deliveries),
    deliveryMs: parts.flatMap(({ deliveryMs }) => deliveryMs),
    backInSyncMs: parts.flatMap(({ backInSyncMs }) => backInSyncMs),
    events: addRecords(parts.map(({ events }) => events)),
  };
}

function addVerdicts(parts: readonly Verdict[]): Verdict {
  const sum = (pick: (part: Verdict) => number): number =>
    parts.reduce((total, part) => total + pick(part), 0);
  return {
    lost: sum(({ lost }) => lost),
    duplicated: sum(({ duplicated }) => duplicated),
    disordered: sum(({ disordered }) => disordered),
    unknown: sum(({ unknown }) => unknown),
    states: addRecords(parts.map(({ states }) => states)),
    histories: sum(({ histories }) => histories),
  };
}

function addRecords(parts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const [name, value] of parts.flatMap((part) => Object.entries(part)))
    total[name] = (total[name] ?? 0) + value;
  return total;
}
