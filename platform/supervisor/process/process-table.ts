import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

const record = z.object({ pid: z.number().int().positive(), startTime: z.string() });

/** Which processes this checkout has started, on disk, so that the next start finds what a `kill -9` left. */
export interface ProcessTable {
  note(name: string, pid: number): void;
  forget(name: string): void;
  /** The pid of a noted process that is still the same one, by its start time; a reused pid does not count. */
  findAlive(name: string): number | undefined;
  /** Ends every noted process that still lives, but for supervisors, and waits until it is gone. Returns their names. */
  endLeftovers(): Promise<string[]>;
}

const GRACE_MS = 4_000;

export function createProcessTable(folder: string): ProcessTable {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fileOf = (name: string) => path.join(folder, `${name}.json`);
  const findAlive = (name: string) => {
    const noted = readRecord(fileOf(name));
    return noted && findStartTime(noted.pid) === noted.startTime ? noted.pid : undefined;
  };
  return {
    note(name, pid) {
      writeFileSync(fileOf(name), JSON.stringify({ pid, startTime: findStartTime(pid) ?? '' }));
    },
    forget(name) {
      rmSync(fileOf(name), { force: true });
    },
    findAlive,
    async endLeftovers() {
      const names = readdirSync(folder).map((file) => path.basename(file, '.json'));
      const left = names.filter((name) => !name.startsWith('supervisor') && findAlive(name) !== undefined);
      await Promise.all(left.map((name) => endLeftover(name, findAlive)));
      for (const name of left) rmSync(fileOf(name), { force: true });
      return left;
    },
  };
}

async function endLeftover(name: string, findAlive: (name: string) => number | undefined): Promise<void> {
  // PostgreSQL takes SIGINT as "end now, in order", and SIGTERM as "wait for every client".
  send(findAlive(name), name === 'postgres' ? 'SIGINT' : 'SIGTERM');
  const deadlineMs = Date.now() + GRACE_MS;
  while (findAlive(name) !== undefined) {
    if (Date.now() > deadlineMs) send(findAlive(name), 'SIGKILL');
    await delay(50);
  }
}

function send(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function readRecord(file: string) {
  try {
    return record.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined; // absent, or cut off by a crash while it was written: nothing is known then
  }
}

/** A mark of when a process started: clock ticks since boot on Linux, a date by `ps` elsewhere. */
export function findStartTime(pid: number): string | undefined {
  if (process.platform !== 'linux') {
    const answer = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    return answer.stdout?.trim() || undefined;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? undefined : fields[18];
  } catch {
    return undefined; // no such process
  }
}
