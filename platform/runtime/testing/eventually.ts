import { vi } from 'vitest';

/** Waits until the assertion holds; generous, since other tests may be using the machine. */
export function eventually<Result>(assertion: () => Result): Promise<Awaited<Result>> {
  return vi.waitFor(assertion, { timeout: 20_000, interval: 10 }) as Promise<Awaited<Result>>;
}
