import { inspect } from 'node:util';
import { createRandom, type Random } from '@souk/protocol/testing/random';
import { z } from 'zod';
import { checkInvariants } from '../invariants/check-invariants.ts';
import { atLeast, exactly } from '../report/check.ts';
import type { Outcome, ScenarioContext } from '../scenarios/scenario.ts';
import type { World } from '../world/world.ts';
import { createActors } from './actors.ts';
import type { FuzzParams } from './fuzz.ts';
import { createGardener, type Gardener } from './gardener.ts';
import { createMemory, type Memory } from './memory.ts';
import { createMenu, type Dish, type Menu } from './menu.ts';
import { noteTicket, WATCHING } from './note-session.ts';
import { type Operation, readOperations } from './operations.ts';
import { type FuzzRequest, makeRequest } from './request.ts';
import { startReviewStub } from './review-stub.ts';
import { type FuzzAnswer, sendRequest } from './send.ts';
import { spoil } from './spoil.ts';
import { createTally, type Tally } from './tally.ts';
import { createWebhookMailbag, type WebhookMailbag } from './webhook-mailbag.ts';

const LEAST_2XX = 0.3;
const SPOILED = 0.25;
/** Share of the requests that are sent twice at once. */
const DOUBLED = 0.03;
/** Share of the questions about tracks that come with the ticket of one who watches. */
const TO_WATCHERS = 0.8;
const GRACE_MS = 30_000;
const PROGRESS_MS = 10_000;
const LOG_LINES = 4;

interface Kitchen {
  readonly world: World;
  readonly memory: Memory;
  readonly tally: Tally;
  readonly menu: Menu;
  readonly gardener: Gardener;
  readonly mailbag: WebhookMailbag;
}

/** Calls everything, good and bad, by everybody; then looks at what it has made of the house. */
export async function playFuzz(
  world: World,
  params: FuzzParams,
  { progress, signal }: ScenarioContext,
): Promise<Outcome> {
  const memory = createMemory();
  const reviews = await startReviewStub();
  memory.favour('url', reviews.url);
  const gardener = await createGardener(world, memory);
  await gardener.tend();
  const operations = await fetchOperations(world.commerceUrl);
  const menu = createMenu(operations, await createActors(world.commerceUrl));
  const mailbag = createWebhookMailbag(world);
  const tally = createTally((fault) =>
    progress.step(`FAULT of seed ${params.seed}: ${fault}\n${readLogs(world)}`),
  );
  progress.step(`${params.calls} calls of ${operations.length} operations, seed ${params.seed}`);
  const told = tellEvery(PROGRESS_MS, () => progress.step(describeProgress(tally, params.calls)));
  const brokeOff = await serveAll({ world, memory, tally, menu, gardener, mailbag }, params, signal).then(
    () => undefined,
    (reason: unknown) => inspect(reason),
  );
  told.stop();
  await gardener.stop();
  await reviews.stop();
  await mailbag.close();
  // What was seen until then is told all the same.
  if (brokeOff !== undefined)
    return { results: { ...tally.results(), brokeOff }, checks: [exactly('the fuzz ran to its end', 0, 1)] };

  progress.step('waiting for quiet, and checking the invariants');
  const violations = await checkInvariants({ ...world, graceMs: GRACE_MS });
  const unreached = tally.unreached(operations.map(({ id }) => id));
  return {
    results: {
      ...tally.results(),
      unreached: unreached.map((operation) => ({ operation })),
      violations: violations.map(({ invariant, subject, detail }) => ({ invariant, subject, detail })),
    },
    checks: [
      exactly('answers of 500 and above', tally.serverFaults.length, 0),
      exactly('malformed answers', tally.malformed.length, 0),
      atLeast('share of 2xx', tally.good / tally.calls, LEAST_2XX),
      exactly('operations without a good answer', unreached.length, 0),
      exactly('violated invariants', violations.length, 0),
    ],
  };
}

/** Rejects when the run is to end early, and when the gardener fails. */
async function serveAll(
  kitchen: Kitchen,
  { calls, seed, lanes, tendEvery }: FuzzParams,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  let turn = 0;
  const lane = async (): Promise<void> => {
    while (turn < calls) {
      const mine = turn;
      turn += 1;
      if (mine % tendEvery === tendEvery - 1) await kitchen.gardener.tend();
      const chance = createRandom(seed * 1_000_003 + mine);
      await serve(kitchen, { turn: mine, dish: kitchen.menu.choose(mine, chance), chance });
    }
  };
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  try {
    await Promise.race([Promise.all(Array.from({ length: lanes }, lane)), aborted]);
  } finally {
    // The other lanes end as well when one has failed.
    turn = calls;
  }
}

function tellEvery(periodMs: number, tell: () => void): { stop(): void } {
  const timer = setInterval(tell, periodMs);
  return { stop: () => clearInterval(timer) };
}

function describeProgress({ calls, good, serverFaults, malformed }: Tally, wanted: number): string {
  const share = ((100 * good) / Math.max(1, calls)).toFixed(0);
  const faults = serverFaults.length + malformed.length;
  return `${calls} of ${wanted} calls, ${share} % answered 2xx${faults > 0 ? `, ${faults} FAULTS` : ''}`;
}

/** What the services have told last, of which the fault's cause should be part. */
function readLogs({ services }: World): string {
  return services.map(({ name, lastLines }) => `${name}:\n${lastLines(LOG_LINES)}`).join('\n');
}

async function fetchOperations(commerceUrl: string): Promise<Operation[]> {
  const response = await fetch(new URL('/api/openapi.json', commerceUrl));
  return readOperations(await response.json());
}

interface Turn {
  readonly turn: number;
  readonly dish: Dish;
  readonly chance: Random;
}

async function serve(
  { world, memory, tally, mailbag }: Kitchen,
  { turn, dish, chance }: Turn,
): Promise<void> {
  const { operation, actor } = dish;
  const near: string[] = [];
  const token = operation.isMedia ? recallTicket(memory, dish, chance) : await actor.token();
  if (operation.isMedia && token !== undefined) near.push(token);
  const credentials: Record<string, string> = {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    // What is done to the session itself asks for its cookie.
    ...(operation.id === 'auth:rename' ? await actor.cookies() : {}),
  };
  const operationId = operation.id;
  const drafted = makeRequest(operation, { operationId, chance, memory, actor: actor.name, near });
  const made = operationId === 'payment:webhook' ? await mailbag.fill(drafted, chance) : drafted;
  const good = { ...made, headers: { ...credentials, ...made.headers } };
  const request = chance.maybe(SPOILED) ? spoil(good, chance) : good;
  const baseUrl = operation.isMedia ? world.mediaUrl : world.commerceUrl;
  const copies = chance.maybe(DOUBLED) ? [request, request] : [request];
  const askedAt = performance.now();
  const answers = await Promise.all(copies.map((copy) => sendRequest(baseUrl, copy)));
  const call = { turn, request: describe(request), tookMs: performance.now() - askedAt };
  for (const answer of answers) {
    tally.count(dish, answer, call);
    if (!isGood(answer)) continue;
    memory.learn(actor.name, [...near, `op:${operationId}`], answer.body);
    if (operationId === 'media:join' && token !== undefined)
      noteTicket(memory, actor.name, token, joined.parse(answer.body).data);
  }
}

const joined = z.object({ data: z.unknown() });

/** What is done to tracks asks for somebody who has some; others ask too. */
function recallTicket(memory: Memory, { operation, actor }: Dish, chance: Random): string | undefined {
  const isOfWatchers = operation.path.includes('{consumerId}') && chance.maybe(TO_WATCHERS);
  return memory.recall(isOfWatchers ? WATCHING : 'token', actor.name, [], chance);
}

const isGood = ({ status, malformed }: FuzzAnswer): boolean => status < 300 && malformed === undefined;

/** Enough to ask the same again; tokens stay out of reports. */
function describe({ operation, path, body, rawBody }: FuzzRequest): string {
  return `${operation.method} ${path} ${(rawBody ?? JSON.stringify(body) ?? '').slice(0, 500)}`;
}
