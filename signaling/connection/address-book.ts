import { AppError } from '@souk/runtime/app-error';

/** A client that was refused for its address comes back between these times. */
const RETRY_MS = { least: 5_000, spread: 10_000 } as const;

/** Counts the links of each network address, strangers included. */
export class AddressBook {
  readonly #counts = new Map<string, number>();
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  opened(address: string): void {
    this.#counts.set(address, (this.#counts.get(address) ?? 0) + 1);
  }

  closed(address: string): void {
    const left = (this.#counts.get(address) ?? 0) - 1;
    if (left > 0) this.#counts.set(address, left);
    else this.#counts.delete(address);
  }

  /** Throws AppError TOO_MANY_CONNECTIONS when this address has more links than it may have. */
  assertWithin(address: string): void {
    if ((this.#counts.get(address) ?? 0) <= this.#max) return;
    const retryAfterMs = Math.ceil(RETRY_MS.least + Math.random() * RETRY_MS.spread);
    throw new AppError('TOO_MANY_CONNECTIONS', { retryAfterMs });
  }
}
