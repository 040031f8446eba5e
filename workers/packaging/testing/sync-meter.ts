import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const BRIGHT = 150;
const LOUD_DB = -35;

/** When flashes and beeps begin in a film of `flash-source`, in seconds of its own clock. */
export async function findFlashesAndBeeps(file: string): Promise<{ flashes: number[]; beeps: number[] }> {
  const pictures = 'signalstats,metadata=print:key=lavfi.signalstats.YAVG:file=-';
  const sounds =
    'asetnsamples=240,astats=metadata=1:reset=1,ametadata=print:key=lavfi.astats.Overall.RMS_level:file=-';
  const look = async (options: readonly string[]): Promise<[number, number][]> => {
    const { stdout } = await run(
      'ffmpeg',
      ['-loglevel', 'error', '-copyts', '-i', file, ...options, '-f', 'null', '-'],
      { maxBuffer: 64 * 1_024 * 1_024 },
    );
    return [...stdout.matchAll(/pts_time:([\d.]+)\s+\S+=(\S+)/g)].map(([, time, level]) => [
      Number(time),
      level === '-inf' ? -200 : Number(level),
    ]);
  };
  return {
    flashes: findRises(await look(['-an', '-vf', pictures]), BRIGHT),
    beeps: findRises(await look(['-vn', '-af', sounds]), LOUD_DB),
  };
}

function findRises(levels: readonly [number, number][], above: number): number[] {
  return levels.flatMap(([time, level], index) => {
    const before = levels[index - 1]?.[1];
    return level > above && (before === undefined || before <= above) ? [time] : [];
  });
}
