import { EventEmitter, once } from 'node:events';
import { expect, test } from 'vitest';
import { type KeeperEvent, keepProcess } from './keep-process.ts';
import type { ProcessSpec } from './process-spec.ts';

const RUNS_ON = 'setInterval(() => {}, 1000)';

function nodeProcess(script: string, isReady = async () => true): ProcessSpec {
  return {
    name: 'sample',
    file: process.execPath,
    args: ['-e', script],
    env: { PATH: process.env['PATH'] },
    stopSignal: 'SIGTERM',
    deathSignal: 'SIGKILL',
    ownGroup: true,
    isReady,
  };
}

function keep(spec: ProcessSpec) {
  const emitter = new EventEmitter();
  const events: KeeperEvent[] = [];
  const lines: string[] = [];
  const child = keepProcess(spec, {
    onLine: (line) => lines.push(line),
    onEvent(event) {
      events.push(event);
      emitter.emit(event.type, event);
    },
  });
  return { child, events, lines, next: (type: KeeperEvent['type']) => once(emitter, type) };
}

test('a process that is killed is started again, soon', async () => {
  const { child, next } = keep(nodeProcess(RUNS_ON));
  await child.start();
  const firstPid = child.findPid();
  const died = next('died');
  const ready = next('ready');
  process.kill(firstPid ?? 0, 'SIGKILL');

  expect((await died)[0]).toMatchObject({ exit: { signal: 'SIGKILL' }, restartInMs: 200 });
  await ready;
  expect(child.findPid()).not.toBe(firstPid);
  await child.stop();
});

test('a process that is asked to end stays ended', async () => {
  const { child, events } = keep(nodeProcess(RUNS_ON));
  await child.start();
  await child.stop();
  expect(child.findPid()).toBeUndefined();
  expect(events.map(({ type }) => type)).toEqual(['started', 'ready']);
});

test('one that dies at once is given up after three tries, with longer waits between', async () => {
  const { child, events, lines } = keep(
    nodeProcess('console.log("bad config"); process.exit(3)', async () => false),
  );
  await expect(child.start()).rejects.toThrow('sample ended before it was ready');
  expect(events.filter(({ type }) => type === 'started')).toHaveLength(3);
  expect(events.flatMap((event) => (event.type === 'died' ? [event.restartInMs] : []))).toEqual([200, 400]);
  expect(lines).toContain('bad config');
});

test('whoever waits for a start is told when it is stopped instead', async () => {
  const { child, next } = keep(nodeProcess(RUNS_ON, async () => false));
  const started = next('started');
  const start = child.start();
  start.catch(() => {}); // looked at below
  await started;
  await child.stop();
  await expect(start).rejects.toThrow();
});
