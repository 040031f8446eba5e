import { z } from 'zod';
import { type HelperProcess, startHelper } from '../world/helper-process.ts';
import type { CrowdOrder } from './watcher-crowd-process.ts';

const countSchema = z.object({
  bots: z.number(),
  /** Bots that have received nothing yet. */
  silent: z.number(),
  packets: z.number(),
  bytes: z.number(),
});
export type CrowdCount = z.output<typeof countSchema>;

export interface WatcherCrowd {
  readonly pids: readonly number[];
  join(count: number): Promise<void>;
  count(): Promise<CrowdCount>;
  /** One bot leaves and another one comes. */
  change(): Promise<void>;
  /** All bots leave; others may join. */
  leave(): Promise<void>;
  /** All bots leave, and their processes end. */
  stop(): Promise<void>;
}

/** One process carries that many without being the bound itself. */
const BOTS_PER_PROCESS = 200;

/** Starts the processes for up to `size` bots that watch one show. */
export async function startWatcherCrowd(target: {
  readonly size: number;
  readonly mediaUrl: string;
  readonly token: string;
}): Promise<WatcherCrowd> {
  const { size, mediaUrl, token } = target;
  const helpers: HelperProcess<CrowdCount>[] = await Promise.all(
    Array.from({ length: Math.max(1, Math.ceil(size / BOTS_PER_PROCESS)) }, () =>
      startHelper(new URL('./watcher-crowd-process.ts', import.meta.url), countSchema),
    ),
  );
  const askAll = (order: (index: number) => CrowdOrder): Promise<CrowdCount[]> =>
    Promise.all(helpers.map((helper, index) => helper.ask(order(index))));
  return {
    pids: helpers.map(({ pid }) => pid),
    async join(count) {
      const each = Math.floor(count / helpers.length);
      const rest = count % helpers.length;
      await askAll((index) => ({ kind: 'join', count: each + (index < rest ? 1 : 0), mediaUrl, token }));
    },
    async count() {
      const counts = await askAll(() => ({ kind: 'count' }));
      const sum = (key: keyof CrowdCount): number => counts.reduce((total, count) => total + count[key], 0);
      return { bots: sum('bots'), silent: sum('silent'), packets: sum('packets'), bytes: sum('bytes') };
    },
    async change() {
      await helpers[0]?.ask({ kind: 'change', mediaUrl, token } satisfies CrowdOrder);
    },
    async leave() {
      await askAll(() => ({ kind: 'leave' }));
    },
    async stop() {
      await askAll(() => ({ kind: 'leave' }));
      await Promise.all(helpers.map((helper) => helper.stop()));
    },
  };
}
