import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { findExecutable } from '../setup/find-executable.ts';
import type { ProcessSpec } from './process-spec.ts';

export interface ProcessExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface RunningProcess {
  readonly pid: number;
  /** Resolves when the process is gone; never rejects. */
  readonly exited: Promise<ProcessExit>;
  /** Asks the process to end, and kills it after `timeoutMs`. Resolves when it is gone. */
  stop(timeoutMs?: number): Promise<ProcessExit>;
}

const STOP_TIMEOUT_MS = 8_000;

/**
 * Starts a child process. Its output goes line by line to `onLine`.
 * On Linux the kernel ends the child when this process dies in whatever way, so a `kill -9` leaves no orphans.
 */
export async function spawnProcess(
  spec: ProcessSpec,
  onLine: (line: string) => void,
): Promise<RunningProcess> {
  const [file, args] = withDeathSignal(spec);
  const child = spawn(file, args, {
    env: spec.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: spec.ownGroup,
    ...(spec.cwd === undefined ? {} : { cwd: spec.cwd }),
    ...(spec.user === undefined ? {} : spec.user),
  });
  const exited = new Promise<ProcessExit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  forwardLines(child.stdout, onLine);
  forwardLines(child.stderr, onLine);
  await once(child, 'spawn');
  const pid = child.pid ?? 0;
  return {
    pid,
    exited,
    stop: (timeoutMs = STOP_TIMEOUT_MS) => stopChild(child.kill.bind(child), spec, exited, timeoutMs),
  };
}

/**
 * Begins the program only if the parent still lives: one that died before the death signal was set up sends none
 * (prctl(2), PR_SET_PDEATHSIG).
 */
const BEGIN_IF_PARENT_LIVES = '[ "$PPID" = "$0" ] && exec "$@"';

function withDeathSignal(spec: ProcessSpec): [string, readonly string[]] {
  const setpriv = process.platform === 'linux' ? findExecutable('setpriv') : undefined;
  if (!setpriv) return [spec.file, spec.args];
  const guard = ['/bin/sh', '-c', BEGIN_IF_PARENT_LIVES, String(process.pid)];
  return [setpriv, ['--pdeathsig', spec.deathSignal.slice(3), '--', ...guard, spec.file, ...spec.args]];
}

async function stopChild(
  kill: (signal: NodeJS.Signals) => boolean,
  spec: ProcessSpec,
  exited: Promise<ProcessExit>,
  timeoutMs: number,
): Promise<ProcessExit> {
  kill(spec.stopSignal);
  const timer = setTimeout(() => kill('SIGKILL'), timeoutMs);
  const exit = await exited;
  clearTimeout(timer);
  return exit;
}

function forwardLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  stream.on('end', () => {
    if (rest) onLine(rest);
  });
}
