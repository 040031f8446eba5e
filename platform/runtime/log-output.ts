/** As much of a stream as log lines need; process.stdout is one. */
export interface LineStream {
  readonly writableLength: number;
  write(line: string): boolean;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** Where a logger's lines go. Never blocks and never throws. */
export interface LogOutput {
  write(line: string): void;
}

/** More than this waits for no reader: it has stopped reading, and memory is worth more than its lines. */
const MAX_WAITING_BYTES = 4 * 1_024 * 1_024;
const DRAIN_CHECK_MS = 20;

/**
 * Lines for a stream that may lose its reader. A writer that waits for its reader hangs for ever once nobody reads:
 * the service could then neither log its end nor end. Lines beyond the bound are counted, and the count is told later.
 */
export function createLogOutput(stream: LineStream): LogOutput {
  let lost = 0;
  let broken = false;
  stream.on('error', () => {
    broken = true;
  });
  return {
    write(line) {
      if (broken) return;
      if (stream.writableLength > MAX_WAITING_BYTES) {
        lost += 1;
        return;
      }
      if (lost > 0) stream.write(`${JSON.stringify({ level: 40, event: 'log-lines-lost', lines: lost })}\n`);
      lost = 0;
      stream.write(line);
    },
  };
}

/** Resolves when everything has been read, or after `timeoutMs`. */
export async function whenDrained(
  stream: { readonly writableLength: number },
  timeoutMs: number,
): Promise<void> {
  const endsAt = performance.now() + timeoutMs;
  while (stream.writableLength > 0 && performance.now() < endsAt) {
    await new Promise((resolve) => {
      setTimeout(resolve, DRAIN_CHECK_MS);
    });
  }
}
