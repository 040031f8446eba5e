import { createWriteStream, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

export interface LogFile {
  readonly file: string;
  write(line: string): void;
  /** The newest lines, to be shown with a failure. */
  tail(): string[];
  close(): Promise<void>;
}

const MAX_BYTES = 10_000_000;
const TAIL_LINES = 15;

/** Appends lines to `<folder>/<name>.log`; a file over 10 MB is set aside as `.1` when it is opened. */
export function createLogFile(folder: string, name: string): LogFile {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, `${name}.log`);
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > MAX_BYTES) renameSync(file, `${file}.1`);
  const stream = createWriteStream(file, { flags: 'a' });
  const newest: string[] = [];
  stream.on('error', (error) => newest.push(`(the log file cannot be written: ${error.message})`));
  return {
    file,
    write(line) {
      newest.push(line);
      if (newest.length > TAIL_LINES) newest.shift();
      stream.write(`${line}\n`);
    },
    tail: () => [...newest],
    close: () => new Promise((resolve) => stream.end(() => resolve())),
  };
}
