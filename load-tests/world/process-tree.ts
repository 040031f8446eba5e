import { readdirSync, readFileSync } from 'node:fs';

const CLOCK_TICKS_PER_SECOND = 100;

/**
 * CPU seconds that a process and its living descendants have taken so far. Source: proc(5).
 * Throws where there is no /proc, and when the process is gone.
 */
export function readTreeCpuSeconds(pid: number): number {
  return listChildren(pid).reduce((sum, child) => sum + readTreeCpuSeconds(child), readCpuSeconds(pid));
}

/** The processes that a process has started and that live. */
export function listChildren(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
}

function readCpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold blanks; fields are counted after it, beginning with the third.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_SECOND;
}

/** Seconds that all cores together were busy and idle since the start of the machine. */
export function readMachineSeconds(): { readonly busy: number; readonly idle: number } {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
  const [user = 0, nice = 0, system = 0, idle = 0, ioWait = 0, irq = 0, softIrq = 0, steal = 0] = line
    .split(/\s+/)
    .slice(1)
    .map((ticks) => Number(ticks) / CLOCK_TICKS_PER_SECOND);
  return { busy: user + nice + system + irq + softIrq + steal, idle: idle + ioWait };
}
