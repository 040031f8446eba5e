import { spawn } from 'node:child_process';
import type { OsUser } from '../process/os-user.ts';

export interface CommandResult {
  code: number;
  /** Standard output and error, in the order in which they came. */
  output: string;
}

export interface CommandOptions {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  timeoutMs?: number;
  user?: OsUser;
  onLine?: (line: string) => void;
}

const KEPT_OUTPUT_CHARS = 20_000;

/**
 * Runs a program to its end and returns its exit code and (the last 20,000 characters of) its output.
 * Never rejects: a program that cannot be started, or that runs into the timeout, has code 127 or 124.
 */
export function runCommand(
  file: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
      ...options.user,
    });
    let output = '';
    let rest = '';
    const take = (chunk: Buffer) => {
      const text = chunk.toString('utf8');
      output = (output + text).slice(-KEPT_OUTPUT_CHARS);
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) options.onLine?.(line);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}` }));
    child.on('close', (code, signal) => resolve({ code: code ?? (signal === 'SIGTERM' ? 124 : 1), output }));
  });
}

/** The last lines of an output, as a reason to show. */
export function lastLines(output: string, count = 8): string {
  return output.trim().split('\n').slice(-count).join('\n');
}
