/** Where a running step says how far it is. */
export interface Progress {
  /** Shows a short state, with a fraction (0 to 1) where it is known. */
  update(text: string, fraction?: number): void;
  /** Prints a line that stays. */
  say(line: string): void;
}

export interface ProgressLine extends Progress {
  succeed(note?: string): void;
  fail(): void;
}

interface Terminal {
  isTTY?: boolean | undefined;
  columns?: number | undefined;
  write(text: string): unknown;
}

const TERMINAL_PERIOD_MS = 250;
const LOG_PERIOD_MS = 10_000;

/**
 * Shows one long step: on a terminal as one line that is rewritten, elsewhere as a line every ten seconds.
 * Elapsed time is always shown, so that a step without a known end is seen to be alive.
 */
export function createProgressLine(title: string, out: Terminal = process.stdout): ProgressLine {
  const startedAtMs = Date.now();
  const isTerminal = out.isTTY === true;
  let state = '';
  const elapsed = () => `${Math.round((Date.now() - startedAtMs) / 1000)} s`;
  const text = () => [title, state, elapsed()].filter(Boolean).join(' … ');
  const draw = () => {
    if (isTerminal) out.write(`\r\x1b[K• ${text().slice(0, (out.columns ?? 80) - 3)}`);
    else out.write(`  … ${text()}\n`);
  };
  const timer = setInterval(draw, isTerminal ? TERMINAL_PERIOD_MS : LOG_PERIOD_MS);
  if (!isTerminal) out.write(`• ${title} …\n`);

  const finish = (line: string) => {
    clearInterval(timer);
    out.write(`${isTerminal ? '\r\x1b[K' : ''}${line}\n`);
  };
  return {
    update(newState, fraction) {
      state = fraction === undefined ? newState : `${newState} ${Math.floor(fraction * 100)} %`;
      if (isTerminal) draw();
    },
    say(line) {
      out.write(`${isTerminal ? '\r\x1b[K' : ''}  ${line}\n`);
    },
    succeed(note) {
      finish(`✓ ${title}${note ? `: ${note}` : ''} (${elapsed()})`);
    },
    fail() {
      finish(`✗ ${title} (after ${elapsed()})`);
    },
  };
}
