import { vi } from 'vitest';

/** Waits until the assertion holds; generous, since other tests may be using the machine. */
export function eventually<Result>(assertion: () => Result): Promise<Awaited<Result>> {
  return vi.waitFor(assertion, { timeout: 15_000, interval: 5 }) as Promise<Awaited<Result>>;
}
