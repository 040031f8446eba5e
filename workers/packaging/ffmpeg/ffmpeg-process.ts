import ffmpeg from 'fluent-ffmpeg';
import type { FfmpegOptions } from './ffmpeg-options.ts';

export interface FfmpegProcess {
  /** Resolves with what ffmpeg said last when it has ended, for whatever reason; never rejects. */
  readonly ended: Promise<string>;
  kill(): void;
}

const LAST_LINES = 5;

/** Starts ffmpeg. It is not restarted here. */
export function startFfmpeg({ inputs, filter, outputs }: FfmpegOptions): FfmpegProcess {
  const command = ffmpeg();
  for (const { source, options } of inputs) command.input(source).inputOptions([...options]);
  if (filter !== undefined) command.complexFilter(filter);
  for (const { url, options } of outputs) command.output(url).outputOptions([...options]);
  const lines: string[] = [];
  command.on('stderr', (line: string) => {
    lines.push(line);
    if (lines.length > LAST_LINES) lines.shift();
  });
  const ended = new Promise<string>((resolve) => {
    command.on('end', () => resolve('ended'));
    command.on('error', (error: Error) => resolve([error.message, ...lines].join(' | ')));
  });
  command.run();
  return { ended, kill: () => command.kill('SIGKILL') };
}

/** Lets the library ask ffmpeg once what it can do, so that the first run does not have to wait for that. */
export async function warmFfmpegUp(): Promise<void> {
  const ask = (list: (callback: (error: Error | null) => void) => void): Promise<void> =>
    new Promise((resolve, reject) => list((error) => (error === null ? resolve() : reject(error))));
  await ask((callback) => ffmpeg.getAvailableFormats(callback));
  await ask((callback) => ffmpeg.getAvailableEncoders(callback));
}
