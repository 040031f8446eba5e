import { readdir, readFile } from 'node:fs/promises';

/** The process ids of the media workers below a process. */
export async function findMediaWorkers(parentPid: number): Promise<number[]> {
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
  const facts = await Promise.all(pids.map(readProcess));
  return facts
    .filter((fact) => fact?.parentPid === parentPid && fact.name.startsWith('mediasoup'))
    .flatMap((fact) => fact?.pid ?? []);
}

async function readProcess(
  pid: number,
): Promise<{ pid: number; name: string; parentPid: number } | undefined> {
  // A process that has just ended has no such file any more.
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  const match = stat?.match(/^\d+ \((.*)\) \S (\d+)/);
  return match ? { pid, name: match[1] ?? '', parentPid: Number(match[2]) } : undefined;
}
