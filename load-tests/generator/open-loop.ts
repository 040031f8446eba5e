import { setTimeout as pause } from 'node:timers/promises';
import { percentiles } from '../report/percentiles.ts';
import { inParallel } from '../scenarios/acts/in-parallel.ts';
import { type HttpConnection, openConnection, type RawAnswer } from './http-connection.ts';
import type { LoadResult, OpenLoopPlan, PlannedRequest } from './plan.ts';

const TICK_MS = 1;
const OPENED_AT_A_TIME = 50;

/**
 * Sends every request at its scheduled instant, or as soon after it as a connection is free. What waits for a slow
 * server counts as that server's time: latency begins at the scheduled instant.
 */
export async function runOpenLoop(plan: OpenLoopPlan): Promise<LoadResult> {
  const texts = plan.requests.map((request) => toText(plan, request));
  const seats = Array.from({ length: Math.min(plan.connections, plan.requests.length) });
  const connections = await inParallel(seats, OPENED_AT_A_TIME, () => openConnection(plan.host, plan.port));
  const cpuBefore = process.cpuUsage();
  try {
    const run = startRun(plan, texts, connections);
    await run.done;
    const { user, system } = process.cpuUsage(cpuBefore);
    return { ...run.result(), cpuSeconds: (user + system) / 1e6 };
  } finally {
    for (const connection of connections) connection.close();
  }
}

function startRun(plan: OpenLoopPlan, texts: readonly string[], connections: readonly HttpConnection[]) {
  const { requests, durationMs, patienceMs } = plan;
  const idle = [...connections];
  const waiting: number[] = [];
  const lagsMs: number[] = [];
  const samples = new Map<string, number[]>();
  const startAt = performance.now() + TICK_MS;
  const dueAt = (index: number): number => startAt + (index * durationMs) / requests.length;
  const deadline = startAt + durationMs + patienceMs;
  let [next, firstWaiting, settled, answered, lastAnswerAt] = [0, 0, 0, 0, startAt];

  const send = (connection: HttpConnection, index: number): void =>
    connection.send(texts[index] ?? '', (answer) => {
      settled += 1;
      if (answer !== undefined) record(index, answer);
      const waiter = waiting[firstWaiting];
      if (waiter === undefined) idle.push(connection);
      else {
        firstWaiting += 1;
        send(connection, waiter);
      }
    });
  const record = (index: number, answer: RawAnswer): void => {
    answered += 1;
    lastAnswerAt = performance.now();
    const key = `${requests[index]?.kind} ${outcomeOf(answer)}`;
    const latencies = samples.get(key) ?? [];
    samples.set(key, latencies);
    latencies.push(lastAnswerAt - dueAt(index));
  };
  const sendDue = (): void => {
    for (const now = performance.now(); next < requests.length && dueAt(next) <= now; next += 1) {
      lagsMs.push(now - dueAt(next));
      const connection = idle.pop();
      if (connection === undefined) waiting.push(next);
      else send(connection, next);
    }
  };
  const loop = async (): Promise<void> => {
    while (settled < requests.length && performance.now() < deadline) {
      sendDue();
      await pause(TICK_MS);
    }
  };
  return {
    done: loop(),
    result: (): Omit<LoadResult, 'cpuSeconds'> => ({
      samples: [...samples].map(([key, latenciesMs]) => {
        const [kind = '', ...outcome] = key.split(' ');
        return { kind, outcome: outcome.join(' '), latenciesMs };
      }),
      unanswered: requests.length - answered,
      elapsedMs: lastAnswerAt - startAt,
      lagP99Ms: percentiles(lagsMs).p99,
    }),
  };
}

/** The status, with the error's code where there is one. */
function outcomeOf({ status, body }: RawAnswer): string {
  if (status === 200) return '200';
  const code = /"code":"(\w+)"/.exec(body.toString('utf8'))?.[1];
  return code === undefined ? String(status) : `${status} ${code}`;
}

function toText({ host, port }: OpenLoopPlan, { method, path, token, body = '' }: PlannedRequest): string {
  const authorization = token === undefined ? '' : `Authorization: Bearer ${token}\r\n`;
  const content =
    body === '' ? '' : `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;
  return `${method} ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\n${authorization}${content}\r\n${body}`;
}
