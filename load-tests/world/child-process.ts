import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';

const SETPRIV = '/usr/bin/setpriv';

export interface ChildOptions {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Where its output goes. */
  readonly logFile: string;
}

export interface Child {
  readonly pid: number;
  /** Resolves when it is gone; never rejects. */
  readonly exited: Promise<void>;
  hasExited(): boolean;
  /** The end of its output. */
  lastLines(count: number): string;
  /** Asks it to end, and kills it after `timeoutMs`. */
  stop(timeoutMs: number): Promise<void>;
}

/** Starts a child in a process group of its own, so that Ctrl-C reaches it only through us; on Linux it ends when we die. */
export async function startChild({ file, args, env, cwd, logFile }: ChildOptions): Promise<Child> {
  const log = openSync(logFile, 'a');
  const [program, programArgs] = endingWithUs(file, args);
  const child = spawn(program, programArgs, { env, cwd, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await once(child, 'spawn');
  return {
    pid: child.pid ?? 0,
    exited,
    hasExited: () => child.exitCode !== null || child.signalCode !== null,
    lastLines: (count) => readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-count).join('\n'),
    stop: (timeoutMs) => stopChild(child, exited, timeoutMs),
  };
}

/** The command with the wish that the kernel kill it when this process dies in whatever way (Linux only). */
export function endingWithUs(file: string, args: readonly string[]): [string, readonly string[]] {
  if (!existsSync(SETPRIV)) return [file, args];
  return [SETPRIV, ['--pdeathsig', 'KILL', '--', file, ...args]];
}

async function stopChild(child: ChildProcess, exited: Promise<void>, timeoutMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  child.kill('SIGTERM');
  await exited;
  clearTimeout(timer);
}
