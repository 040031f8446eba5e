import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { inParallel } from '../scenarios/acts/in-parallel.ts';
import { answerMessages } from '../world/helper-process.ts';
import { CrowdStats } from './crowd-stats.ts';
import { judge } from './judge.ts';
import { Ledger } from './ledger.ts';
import { Viewer } from './viewer.ts';
import { dialectSchema } from './wire.ts';

export const crowdOrderSchema = z.discriminatedUnion('kind', [
  /** Lets one more viewer come for each token, and waits until all of them follow the show. */
  z.object({
    kind: z.literal('join'),
    dialect: dialectSchema,
    targets: z.array(z.string()).min(1),
    showId: z.string(),
    tokens: z.array(z.string()),
  }),
  /** Forgets what was counted so far. */
  z.object({ kind: z.literal('reset') }),
  z.object({ kind: z.literal('count') }),
  /** Cuts a share of the connections, picked at random. */
  z.object({ kind: z.literal('cut'), share: z.number().min(0).max(1) }),
  /** Waits until everybody follows the show. */
  z.object({ kind: z.literal('gather'), timeoutMs: z.number() }),
  z.object({ kind: z.literal('judge'), expected: z.array(z.string()), fold: z.boolean() }),
  z.object({ kind: z.literal('leave') }),
]);
export type CrowdOrder = z.infer<typeof crowdOrderSchema>;

const AT_A_TIME = 50;
const LOOK_EVERY_MS = 25;

let ledger = new Ledger();
const stats = new CrowdStats();
let viewers: Viewer[] = [];

const following = (): number => viewers.filter((viewer) => viewer.isFollowing).length;

async function gather(timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (following() < viewers.length && performance.now() < deadline) await pause(LOOK_EVERY_MS);
}

async function carryOut(order: CrowdOrder): Promise<unknown> {
  switch (order.kind) {
    case 'join': {
      const { dialect, targets, showId } = order;
      const coming = order.tokens.map(
        (token) => new Viewer({ dialect, targets, showId, token, ledger, stats }),
      );
      viewers = [...viewers, ...coming];
      return inParallel(coming, AT_A_TIME, (viewer) => viewer.follow());
    }
    case 'reset':
      return stats.clear();
    case 'count':
      return undefined;
    case 'cut':
      for (const viewer of viewers) if (Math.random() < order.share) viewer.cut();
      return undefined;
    case 'gather':
      return gather(order.timeoutMs);
    case 'judge':
      return judge(viewers, ledger, order);
    case 'leave':
      for (const viewer of viewers.splice(0)) viewer.leave();
      ledger = new Ledger();
      return undefined;
  }
}

/** Many viewers in one process, so that what they cost is counted apart from the server. */
answerMessages(async (message) => {
  const verdict = await carryOut(crowdOrderSchema.parse(message));
  const counts = { viewers: viewers.length, following: following(), ...stats.read() };
  return { counts, verdict: typeof verdict === 'object' && 'lost' in Object(verdict) ? verdict : null };
});
