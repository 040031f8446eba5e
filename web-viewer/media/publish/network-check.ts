import { FULL_PICTURE_BPS } from './encodings.ts';
import { readSample, type SendSample } from './health.ts';
import type { PublishConnection } from './publish-join.ts';

/** `cpu`: the network is good, but this computer cannot encode so much. */
export type NetworkVerdict = 'good' | 'fair' | 'poor' | 'lossy' | 'cpu';

export interface NetworkMeasure {
  readonly verdict: NetworkVerdict;
  /** What the network carries upwards, bits per second. */
  readonly upwardsBps: number;
  readonly lossRatio: number;
  readonly roundTripMs: number | null;
}

/** How long the test picture is sent: the browser's estimate needs some seconds to climb. */
const RAMP_MS = 3_000;
const MEASURE_MS = 3_000;
const READ_EVERY_MS = 500;

const bounds = { goodBps: FULL_PICTURE_BPS * 0.75, fairBps: 900_000, lossRatio: 0.05 };

/** Reads a connection that sends a test picture for some seconds, and judges it. Rejects when the signal aborts. */
export async function measureNetwork(
  connection: Pick<PublishConnection, 'stats'>,
  signal: AbortSignal,
): Promise<NetworkMeasure> {
  await pause(RAMP_MS, signal);
  const samples: SendSample[] = [];
  for (let passedMs = 0; passedMs <= MEASURE_MS; passedMs += READ_EVERY_MS) {
    samples.push(readSample(await connection.stats(), performance.now()));
    await pause(READ_EVERY_MS, signal);
  }
  return judgeNetwork(samples);
}

/** Judges readings, the oldest first: by what was sent, or by what the browser believes could be. */
export function judgeNetwork(samples: readonly SendSample[]): NetworkMeasure {
  const [first] = samples;
  const last = samples.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('nothing was read');
  const seconds = Math.max(0.001, (last.atMs - first.atMs) / 1_000);
  const sentBps = ((last.bytesSent - first.bytesSent) * 8) / seconds;
  const upwardsBps = Math.round(Math.max(sentBps, last.availableBps ?? 0));
  const losses = samples.map(({ lossRatio }) => lossRatio).sort((a, b) => a - b);
  const lossRatio = losses[Math.floor(losses.length / 2)] ?? 0;
  const isAtLimit = samples.filter(({ limitedBy }) => limitedBy === 'cpu').length > samples.length / 2;
  const facts = { upwardsBps, lossRatio, roundTripMs: last.roundTripMs };
  return { verdict: verdictOf(upwardsBps, lossRatio, isAtLimit), ...facts };
}

function verdictOf(upwardsBps: number, lossRatio: number, isAtLimit: boolean): NetworkVerdict {
  if (lossRatio > bounds.lossRatio) return 'lossy';
  if (isAtLimit) return 'cpu';
  if (upwardsBps >= bounds.goodBps) return 'good';
  return upwardsBps >= bounds.fairBps ? 'fair' : 'poor';
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}
