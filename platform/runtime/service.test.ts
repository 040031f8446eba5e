import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';

const program = fileURLToPath(new URL('./testing/talkative-service.ts', import.meta.url));
let child: ChildProcessByStdio<null, Readable, Readable>;

async function startTalkative(): Promise<void> {
  child = spawn(process.execPath, ['--import', 'tsx', program], { stdio: ['ignore', 'pipe', 'pipe'] });
  await once(child.stderr, 'data');
}

describe('a service as a process', () => {
  afterEach(() => void child.kill('SIGKILL'));

  it('ends after a fault although nobody reads its output', async () => {
    await startTalkative();
    child.kill('SIGUSR2');
    expect(await once(child, 'exit')).toEqual([1, null]);
  }, 20_000);

  it('ends after a fault although its output has been closed', async () => {
    await startTalkative();
    child.stdout.destroy();
    child.kill('SIGUSR2');
    expect(await once(child, 'exit')).toEqual([1, null]);
  }, 20_000);

  it('ends after a signal when its output has been closed', async () => {
    await startTalkative();
    child.stdout.destroy();
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  }, 20_000);

  it('says its last words to whoever reads', async () => {
    await startTalkative();
    let heard = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      heard += text;
    });
    child.kill('SIGUSR2');
    await once(child, 'close');
    expect(heard.trimEnd().split('\n').slice(-2).join()).toMatch(/uncaught-exception[\s\S]*stopped/);
  }, 20_000);
});
