import ffmpeg from 'fluent-ffmpeg';

export interface FfmpegOutput {
  readonly url: string;
  readonly options: readonly string[];
}

export interface FfmpegJob {
  readonly inputs: readonly { readonly source: string; readonly options: readonly string[] }[];
  readonly filter: string;
  readonly outputs: readonly FfmpegOutput[];
  /** Told of each line that ffmpeg logs. */
  readonly onLine: (line: string) => void;
}

export interface FfmpegProcess {
  /** Resolves with what ffmpeg said last when it has ended, for whatever reason; never rejects. */
  readonly ended: Promise<string>;
  kill(): void;
}

/** Starts ffmpeg. It is not restarted here. */
export function startFfmpeg({ inputs, filter, outputs, onLine }: FfmpegJob): FfmpegProcess {
  const command = ffmpeg();
  for (const { source, options } of inputs) command.input(source).inputOptions([...options]);
  command.complexFilter(filter);
  for (const { url, options } of outputs) command.output(url).outputOptions([...options]);
  const ended = new Promise<string>((resolve) => {
    command.on('end', () => resolve('ended'));
    command.on('error', (error: Error) => resolve(error.message));
  });
  command.on('stderr', onLine);
  command.run();
  return { ended, kill: () => command.kill('SIGKILL') };
}
