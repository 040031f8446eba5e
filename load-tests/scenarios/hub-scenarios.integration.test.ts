import { createTestDatabase, createTestRedis } from '@souk/supervisor/test-database';
import { describe, expect, inject, it } from 'vitest';
import { silentProgress } from '../world/progress.ts';
import type { Stores } from '../world/world.ts';
import { chatFanoutParamsSchema, runChatFanout } from './chat-fanout/chat-fanout.ts';
import { hubFuzzParamsSchema, runHubFuzz } from './hub-fuzz/hub-fuzz.ts';
import { cutsParamsSchema, runCuts } from './reconnect/cuts.ts';
import { reconnectStormParamsSchema, runReconnectStorm } from './reconnect/reconnect-storm.ts';
import type { Outcome } from './scenario.ts';
import { runTick, tickParamsSchema } from './tick/tick.ts';

async function createStores(): Promise<Stores> {
  const database = await createTestDatabase(inject('databaseUrl'));
  const redis = await createTestRedis(inject('redisUrl'));
  return { databaseUrl: database.url, redisUrl: redis.url, stop: () => database.drop() };
}

/** What a busy machine cannot spoil. */
const failuresOf = ({ checks }: Outcome): string[] =>
  checks
    .filter(({ name, pass }) => !pass && !/perCpuSecond|Ms\.p|memory|costRatio|rounds that count/.test(name))
    .map(({ name }) => name);

describe('scenarios of the hub', { timeout: 240_000 }, () => {
  it('chat-fanout: every server brings every message to every viewer', async ({ signal }) => {
    const params = chatFanoutParamsSchema.parse({
      steadyViewers: 30,
      burstViewers: 20,
      rounds: 1,
      repeats: 0,
      seconds: 1,
      warmUpSeconds: 0.2,
      processes: 1,
    });
    const outcome = await runChatFanout(params, { progress: silentProgress, signal }, await createStores());
    expect(failuresOf(outcome)).toEqual([]);
    expect(outcome.results).toMatchObject({
      steady: { deliveryMs: { count: 600 }, lost: 0 },
      burst: { deliveryMs: { count: 4_000 }, lost: 0 },
    });
    expect(outcome.peers).toHaveLength(6);
    for (const { results } of outcome.peers ?? []) expect(results).toMatchObject({ lost: 0, disordered: 0 });
  });

  it('tick: few and many messages reach everybody', async ({ signal }) => {
    const params = tickParamsSchema.parse({ viewers: '20', rounds: 1, seconds: 1, processes: 1 });
    const outcome = await runTick(params, { progress: silentProgress, signal }, await createStores());
    expect(failuresOf(outcome)).toEqual([]);
  });

  it('reconnect-storm: viewers of a killed node lose nothing at another one', async ({ signal }) => {
    const params = reconnectStormParamsSchema.parse({
      viewers: 40,
      processes: 1,
      talkers: 4,
      pinEveryMs: 300,
      calmSeconds: 1,
    });
    const outcome = await runReconnectStorm(
      params,
      { progress: silentProgress, signal },
      await createStores(),
    );
    expect(failuresOf(outcome)).toEqual([]);
    expect(outcome.results).toMatchObject({ returns: 40, lost: 0, duplicated: 0 });
  });

  it('cuts: everybody converges', async ({ signal }) => {
    const params = cutsParamsSchema.parse({
      viewers: 30,
      processes: 1,
      talkers: 4,
      pinEveryMs: 300,
      everyMs: 300,
      seconds: 3,
      calmSeconds: 0.5,
    });
    const outcome = await runCuts(params, { progress: silentProgress, signal }, await createStores());
    expect(failuresOf(outcome)).toEqual([]);
  });

  it('hub-fuzz: malformed input writes nothing and ends nothing', async ({ signal }) => {
    const params = hubFuzzParamsSchema.parse({ messages: 1_500, lanes: 5 });
    const outcome = await runHubFuzz(params, { progress: silentProgress, signal }, await createStores());
    expect(failuresOf(outcome)).toEqual([]);
  });
});
