import { createId, type ShowId } from '@souk/protocol/ids';
import { createRandom } from '@souk/protocol/testing/random';
import { createLogger } from '@souk/runtime/logger';
import { closeRedis, createRedis, type Redis } from '@souk/runtime/redis';
import { connectHub } from '../../clients/hub-client.ts';
import { readTimelines } from '../../invariants/timelines.ts';
import { atMost, exactly } from '../../report/check.ts';
import { readKeptBytes } from '../../world/kept-memory.ts';
import type { HubNode, Stores, World } from '../../world/world.ts';
import { openShow } from '../acts/open-show.ts';
import { signTokens } from '../acts/sign-tokens.ts';
import { hubWishes } from '../hub-wishes.ts';
import { inWorld } from '../in-world.ts';
import type { Outcome, ScenarioContext } from '../scenario.ts';
import { fuzzOnce } from './fuzzer.ts';
import type { HubFuzzParams } from './hub-fuzz.ts';
import { FuzzTally } from './tally.ts';

/** The first part lets everything grow that grows once; memory is compared from then on. */
const WARM_UP_SHARE = 0.2;
const MAX_GROWTH_BYTES = 24 * 1_024 * 1_024;
const PROBE_TIMEOUT_MS = 10_000;
const UNSETTLED = 'connections that were neither answered nor cut';

/** Fuzzes a hub node of its own while a well-behaved viewer follows the same show. */
export async function playHubFuzz(
  params: HubFuzzParams,
  context: ScenarioContext,
  stores?: Stores,
): Promise<Outcome> {
  return inWorld(context, { ...hubWishes, stores }, async (world) => {
    const logger = createLogger({ name: 'hub-fuzz', level: 'warn' });
    const redis = createRedis({ url: world.redisUrl, name: 'hub-fuzz', logger });
    try {
      return await playOn(world, await world.startHub(), { redis, params, context });
    } finally {
      await closeRedis(redis);
    }
  });
}

interface Play {
  readonly redis: Redis;
  readonly params: HubFuzzParams;
  readonly context: ScenarioContext;
}

async function playOn(world: World, hub: HubNode, { redis, params, context }: Play): Promise<Outcome> {
  const { showId } = await openShow(world);
  const [viewerToken = '', talkerToken = ''] = await signTokens(world, 2);
  const viewer = await connectHub(hub.url, viewerToken);
  const follower = await viewer.join(showId);
  const replay = await sayOnce(hub.url, talkerToken, showId);
  await follower.waitFor(({ chat }) => chat.length === 1, PROBE_TIMEOUT_MS);
  const entriesBefore = await countEntries(redis);
  const tally = new FuzzTally();
  const fuzz = (messages: number, name: string): Promise<number> =>
    fuzzFor(world, {
      messages,
      name,
      url: hub.url,
      showId,
      tally,
      params,
      context,
      replay,
      replayToken: talkerToken,
    });

  let sent = await fuzz(params.messages * WARM_UP_SHARE, 'warm-up');
  const keptBefore = await readKeptBytes(hub.pid);
  sent += await fuzz(params.messages * (1 - WARM_UP_SHARE), 'main');
  const growthBytes = (await readKeptBytes(hub.pid)) - keptBefore;
  const entriesWritten = (await countEntries(redis)) - entriesBefore;

  const isUp = await fetch(`${hub.url}/healthz`).then(({ ok }) => ok);
  await sayOnce(hub.url, talkerToken, showId);
  await follower.waitFor(({ chat }) => chat.length === 2, PROBE_TIMEOUT_MS);
  viewer.close();
  return {
    results: { sent, entriesWritten, growthMb: Math.round(growthBytes / 1_048_576), tally: tally.read() },
    checks: [
      {
        name: 'malformed messages',
        value: sent,
        bound: `>= ${params.messages}`,
        pass: sent >= params.messages,
      },
      exactly('the node is up, and others are served', Number(isUp), 1),
      exactly('entries written', entriesWritten, 0),
      atMost('memory growth after the warm-up (bytes)', growthBytes, MAX_GROWTH_BYTES),
      exactly('internal errors', tally.answersOf('INTERNAL'), 0),
      exactly(UNSETTLED, tally.countOf(UNSETTLED), 0),
    ],
  };
}

/** Chats, and gives the packet that did it, so that it can be sent again word by word. */
async function sayOnce(url: string, token: string, showId: ShowId): Promise<string> {
  const talker = await connectHub(url, token);
  try {
    await talker.join(showId);
    const payload = { showId, commandId: createId('command'), text: `Said once, at ${Date.now()}` };
    await talker.send('chat:send', payload);
    return `42800${JSON.stringify(['chat:send', payload])}`;
  } finally {
    talker.close();
  }
}

interface FuzzOptions {
  readonly messages: number;
  readonly name: string;
  readonly url: string;
  readonly showId: ShowId;
  readonly tally: FuzzTally;
  readonly params: HubFuzzParams;
  readonly context: ScenarioContext;
  readonly replay: string;
  readonly replayToken: string;
}

/** Some connections are those of whoever said something once: only they can replay it. */
const REPLAYER_EVERY = 10;

async function fuzzFor(world: World, options: FuzzOptions): Promise<number> {
  const { messages, name, params, context, replay, replayToken, ...common } = options;
  const { perConnection, lanes, seed } = params;
  context.progress.step(`${name}: ${Math.round(messages)} malformed messages`);
  let sent = 0;
  let connections = 0;
  const lane = async (): Promise<void> => {
    while (sent < messages) {
      context.signal.throwIfAborted();
      connections += 1;
      const chance = createRandom(`${seed}/${name}/${connections}`);
      const isReplayer = connections % REPLAYER_EVERY === 0;
      const [token = ''] = isReplayer ? [replayToken] : await signTokens(world, 1);
      const told = await fuzzOnce({
        ...common,
        token,
        chance,
        messages: perConnection,
        replay: isReplayer ? replay : undefined,
      });
      // Added afterwards: other lanes count meanwhile.
      sent += told;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return sent;
}

async function countEntries(redis: Redis): Promise<number> {
  return (await readTimelines(redis)).reduce((sum, { ids }) => sum + ids.length, 0);
}
