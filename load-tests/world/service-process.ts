import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Child, type ChildOptions, startChild } from './child-process.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PROBE_PAUSE_MS = 100;
const READY_TIMEOUT_MS = 90_000;
const STOP_TIMEOUT_MS = 12_000;

export type ServiceName = 'commerce' | 'signaling' | 'media-server' | 'workers';

export interface ServiceProcess {
  readonly name: ServiceName;
  readonly pid: number;
  /** The end of its log. */
  lastLines(count: number): string;
  stop(): Promise<void>;
}

export interface ServiceProcessOptions {
  readonly name: ServiceName;
  readonly port: number;
  readonly env: NodeJS.ProcessEnv;
  readonly logsDir: string;
  /** Flags of Node for it. */
  readonly nodeOptions?: readonly string[];
}

/** Starts `<name>/main.ts`, as production does, and waits until it is healthy. Rejects with its last lines when it is not. */
export async function startServiceProcess({
  name,
  port,
  env,
  logsDir,
  nodeOptions = [],
}: ServiceProcessOptions): Promise<ServiceProcess> {
  const logFile = path.join(logsDir, `${name}-${port}.log`);
  const child = await runScript(`${name}/main.ts`, { env, logFile, nodeOptions });
  try {
    await waitUntilHealthy(child, `http://127.0.0.1:${port}/healthz`);
  } catch (cause) {
    await child.stop(STOP_TIMEOUT_MS);
    throw new Error(`${name} did not come up:\n${child.lastLines(15)}`, { cause });
  }
  return { name, pid: child.pid, lastLines: child.lastLines, stop: () => child.stop(STOP_TIMEOUT_MS) };
}

const DONE = 'the tasks are done';

/** Runs scripts of the house, one after the other in one process. Rejects with the last lines when one fails. */
export async function runTasks(
  scripts: readonly string[],
  env: NodeJS.ProcessEnv,
  logsDir: string,
): Promise<void> {
  const program = [
    ...scripts.map((script) => `await import('./${script}');`),
    `console.log('${DONE}');`,
  ].join('\n');
  const child = await startChild({
    file: process.execPath,
    args: ['--import', 'tsx', '--input-type=module', '-e', program],
    env,
    cwd: ROOT,
    logFile: path.join(logsDir, 'tasks.log'),
  });
  await child.exited;
  if (!child.lastLines(1).includes(DONE))
    throw new Error(`${scripts.join(' or ')} failed:\n${child.lastLines(15)}`);
}

function runScript(
  script: string,
  { env, logFile, nodeOptions }: Pick<ChildOptions, 'env' | 'logFile'> & { nodeOptions: readonly string[] },
): Promise<Child> {
  const args = ['--import', 'tsx', ...nodeOptions, script];
  return startChild({ file: process.execPath, args, env, cwd: ROOT, logFile });
}

async function waitUntilHealthy(child: Child, url: string): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!(await isHealthy(url))) {
    if (child.hasExited()) throw new Error('it ended');
    if (Date.now() > deadline) throw new Error(`it was not healthy after ${READY_TIMEOUT_MS} ms`);
    await pause(PROBE_PAUSE_MS);
  }
}

/** Not listening yet is the expected answer at first; the deadline tells a lasting failure. */
async function isHealthy(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
}
