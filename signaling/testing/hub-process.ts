import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { PUBLIC_ORIGIN } from './start-hub.ts';

/** A hub node as the house runs it: a process of its own. */
export interface HubProcess {
  readonly url: string;
  /** By `kill -9`; resolves when it is gone. Does nothing when it is gone already. */
  kill(): Promise<void>;
}

const listening = z.looseObject({ event: z.literal('listening'), port: z.number() });

/** Starts a node on a free port, which believes the keys of `jwks`. */
export async function startHubProcess(options: { redisUrl: string; jwks: unknown }): Promise<HubProcess> {
  const keys = createServer((_, response) => response.end(JSON.stringify(options.jwks)));
  await once(keys.listen(0, '127.0.0.1'), 'listening');
  const { port: keysPort } = keys.address() as AddressInfo;
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx/esm', main], {
    env: {
      ...process.env,
      REDIS_URL: options.redisUrl,
      SIGNALING_PORT: '0',
      SOUK_PUBLIC_ORIGIN: PUBLIC_ORIGIN,
      SOUK_JWKS_URL: `http://127.0.0.1:${keysPort}/jwks.json`,
      LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  const kill = async (): Promise<void> => {
    keys.close();
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await gone;
  };
  for await (const line of createInterface(child.stdout)) {
    const said = listening.safeParse(JSON.parse(line));
    if (!said.success) continue;
    child.stdout.resume();
    return { url: `http://127.0.0.1:${said.data.port}`, kill };
  }
  throw new Error('the node ended before it listened');
}
