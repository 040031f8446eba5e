import type { Clock } from '@souk/runtime/clock';
import type { Connection } from './connection.ts';

/** How long a connection may go on after its token has expired; commands are refused meanwhile. */
export const EXPIRY_GRACE_MS = 5_000;

/** The connections of this node. */
export class Connections {
  readonly #all = new Map<string, Connection>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#all.size;
  }

  add(connection: Connection): void {
    this.#all.set(connection.id, connection);
  }

  remove(connection: Connection): void {
    this.#all.delete(connection.id);
  }

  /** Closes the connections whose token has expired and was not renewed. */
  cutExpired(): void {
    const now = this.#clock.now();
    for (const connection of this.#all.values()) {
      if (connection.session.expiresAt + EXPIRY_GRACE_MS <= now) connection.cut('token-expired');
    }
  }

  /** Tells every client that this node ends, and closes. */
  cutAll(): void {
    for (const connection of [...this.#all.values()]) connection.cut('server-stopping');
  }
}
