import { readFileSync } from 'node:fs';
import type { Results } from '../report/report.ts';
import type { ServiceProcess } from './service-process.ts';

const CLOCK_TICKS_PER_SECOND = 100;

/** CPU seconds since the start and present memory of each service; empty where there is no /proc. Source: proc(5). */
export function readUsage(services: readonly ServiceProcess[]): Results {
  const known = services.flatMap(({ name, pid }) => {
    const usage = findUsage(pid);
    return usage === undefined ? [] : [[name, usage] as const];
  });
  return Object.fromEntries(known);
}

/** What a service took of the processor for each of that many requests, milliseconds; null where there is no /proc. */
export function cpuMsPerRequest(
  name: string,
  { before, after }: { readonly before: Results; readonly after: Results },
  requests: number,
): number | null {
  const [from, to] = [secondsOf(before[name]), secondsOf(after[name])];
  if (from === undefined || to === undefined || requests === 0) return null;
  return Math.round(((to - from) * 1e6) / requests) / 1_000;
}

function secondsOf(usage: Results[string] | undefined): number | undefined {
  if (typeof usage !== 'object' || usage === null || !('cpuSeconds' in usage)) return undefined;
  return typeof usage['cpuSeconds'] === 'number' ? usage['cpuSeconds'] : undefined;
}

function findUsage(pid: number): Results | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold blanks; fields are counted after it, beginning with the third.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [userTicks, systemTicks] = [Number(fields[11]), Number(fields[12])];
    const memory = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0';
    return {
      cpuSeconds: (userTicks + systemTicks) / CLOCK_TICKS_PER_SECOND,
      memoryMb: Math.round(Number(memory) / 1_024),
    };
  } catch {
    return undefined; // no /proc, or the process is gone: the figure is simply missing
  }
}
