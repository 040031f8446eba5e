import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Random } from '@souk/protocol/testing/random';
import { Client } from 'pg';
import type { Crowd } from './crowd.ts';
import type { ChaosHouse } from './house.ts';
import type { CrashPoint, Strike, Victim } from './plan.ts';

/** How a strike went. */
export interface Hit {
  /** Who died, for example `commerce-2`; empty when nobody did. */
  readonly victim: string;
  readonly moment: string;
  /** Checkouts under way at that moment. */
  readonly inFlight: number;
}

export interface StrikeDeps {
  readonly house: ChaosHouse;
  readonly crowd: Crowd;
  readonly random: Random;
  /** Told when Redis has lost all its data. */
  readonly onRedisLost: (at: number) => void;
}

/** A strike by chance comes before fewer than this are under way. */
const IN_FLIGHT_WANTED = 55;

/** Kills as planned, by `kill -9`; resolves when it has happened. */
export function strike(deps: StrikeDeps, planned: Strike): Promise<Hit> {
  return planned.kind === 'point' ? strikeAtPoint(deps, planned.point) : strikeByChance(deps, planned);
}

/** The file is armed for whoever gets to the point first; it ends itself. Missed when the crowd is done before. */
async function strikeAtPoint({ house, crowd }: StrikeDeps, point: CrashPoint): Promise<Hit> {
  const file = path.join(house.crashPointsDir, point);
  const reached = `${file}.reached`;
  await rm(reached, { force: true }); // of an earlier round
  let stop = (): void => undefined;
  const died = new Promise<Hit>((resolve) => {
    stop = house.onDeath((name) => {
      const isService = name.startsWith('commerce') || name.startsWith('workers');
      if (!isService || !existsSync(reached)) return; // another strike's victim
      resolve({ victim: name, moment: point, inFlight: crowd.inFlight() });
    });
  });
  await writeFile(file, '');
  const missed = crowd.experiences.then(async (): Promise<Hit> => {
    await rm(file, { force: true }); // it must not go off in another round
    return { victim: '', moment: point, inFlight: 0 };
  });
  return Promise.race([died, missed]).finally(() => stop());
}

async function strikeByChance(deps: StrikeDeps, planned: Strike & { kind: 'random' }): Promise<Hit> {
  const { crowd } = deps;
  const startedAt = performance.now();
  await untilMomentOrFew(crowd, planned.afterMs);
  const inFlight = crowd.inFlight();
  const afterMs = Math.round(performance.now() - startedAt);
  const victim = await kill(deps, planned.victim);
  return { victim, moment: `${planned.victim} at ${afterMs} ms`, inFlight };
}

/** Waits for the moment, but not so long that too few are still under way. */
function untilMomentOrFew(crowd: Crowd, afterMs: number): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      stop();
      clearTimeout(timer);
      resolve();
    };
    const stop = crowd.onChange(() => {
      if (crowd.inFlight() <= IN_FLIGHT_WANTED) finish();
    });
    const timer = setTimeout(finish, afterMs);
  });
}

async function kill({ house, random, onRedisLost }: StrikeDeps, victim: Victim): Promise<string> {
  switch (victim) {
    case 'commerce':
    case 'workers': {
      const { name, pid } = random.pick(house.findNodes(victim));
      return end(name, pid);
    }
    case 'redis-with-data':
      house.stores.loseRedisData(onRedisLost);
      return end('redis', house.stores.findPid('redis'));
    case 'redis':
    case 'postgres':
      return end(victim, house.stores.findPid(victim));
    case 'postgres-backend':
      return end(victim, await findBackend(house.databaseUrl, random));
  }
}

function end(name: string, pid: number | undefined): string {
  if (pid === undefined) return '';
  process.kill(pid, 'SIGKILL');
  return name;
}

/** A backend of the house, one at work if there is one. */
async function findBackend(databaseUrl: string, random: Random): Promise<number | undefined> {
  const client = new Client({ connectionString: databaseUrl });
  client.on('error', () => undefined); // it dies together with the others
  await client.connect();
  const { rows } = await client.query<{ pid: number; busy: boolean }>(
    `SELECT pid, state <> 'idle' AS busy FROM pg_stat_activity WHERE application_name LIKE 'souk-%' ORDER BY pid`,
  );
  await client.end();
  const busy = rows.filter((row) => row.busy);
  const choice = busy.length > 0 ? busy : rows;
  return choice.length === 0 ? undefined : random.pick(choice).pid;
}
