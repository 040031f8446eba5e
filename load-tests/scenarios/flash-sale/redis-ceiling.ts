import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Redis } from 'ioredis';
import { clearBareSale, holdArguments, openBareSale, takeHoldLua } from './hold-script.ts';

const PREFIX = 'load-tests:{redis}:';
const CLIENTS = 50;
/** redis-benchmark puts another number here in each call. */
const RANDOM = '__rand_int__';
const RANDOM_RANGE = 1_000_000_000;

/**
 * Holds per second by the script alone, through redis-benchmark; null where that program is not installed.
 * Source: https://redis.io/docs/latest/operate/oss_and_stack/management/optimization/benchmarks/
 */
export async function measureRedis(
  redis: Redis,
  redisUrl: string,
  { calls, units }: { readonly calls: number; readonly units: number },
): Promise<number | null> {
  await openBareSale(redis, PREFIX, units);
  const sha = String(await redis.script('LOAD', takeHoldLua));
  const { hostname, port, password, pathname } = new URL(redisUrl);
  const server = ['-h', hostname, '-p', port, '-a', password, '--dbnum', pathname.slice(1) || '0'];
  const amount = ['-n', String(calls), '-c', String(CLIENTS), '-r', String(RANDOM_RANGE), '--csv'];
  const call = ['EVALSHA', sha, '1', ...holdArguments(PREFIX, `hld_${RANDOM}`, `gst_${RANDOM}`)];
  try {
    const { stdout } = await promisify(execFile)('redis-benchmark', [...server, ...amount, ...call]);
    return readRate(stdout);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  } finally {
    await clearBareSale(redis, PREFIX);
  }
}

/** The first of the figures at the end of the last line: calls per second. */
function readRate(csv: string): number {
  const rate = /"(\d+\.\d+)"(?:,"\d+\.\d+")+\s*$/.exec(csv)?.[1];
  if (rate === undefined) throw new Error(`redis-benchmark answered what cannot be read: ${csv.slice(-200)}`);
  return Math.round(Number(rate));
}
