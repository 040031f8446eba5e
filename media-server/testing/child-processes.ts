import { readdirSync, readFileSync } from 'node:fs';

interface Child {
  readonly pid: number;
  readonly name: string;
}

/** The living processes that a process has started, by Linux's process table. */
export function childrenOf(parent: number): Child[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      const status = readStatus(Number(entry));
      return status?.parent === parent && status.state !== 'Z'
        ? [{ pid: Number(entry), name: status.name }]
        : [];
    });
}

/** True while a process runs; a zombie does not. */
export function isRunning(pid: number): boolean {
  const status = readStatus(pid);
  return status !== undefined && status.state !== 'Z';
}

function readStatus(pid: number): { name: string; state: string; parent: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = '', parent = '0'] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { name: stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')), state, parent: Number(parent) };
  } catch {
    // The process ended while the table was read.
    return undefined;
  }
}
