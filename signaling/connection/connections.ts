import type { Clock } from '@souk/runtime/clock';
import type { Connection } from './connection.ts';
import { Groups } from './groups.ts';

/** How long a connection may go on after its token has expired; commands are refused meanwhile. */
export const EXPIRY_GRACE_MS = 5_000;

/** The connections of this node. */
export class Connections {
  readonly #all = new Set<Connection>();
  readonly #byUser = new Groups<Connection>();
  readonly #clock: Clock;
  readonly #perUser: number;

  constructor(clock: Clock, perUser: number) {
    this.#clock = clock;
    this.#perUser = perUser;
  }

  get size(): number {
    return this.#all.size;
  }

  /** Takes in a connection. When its person has too many then, the oldest goes: it may be dead without knowing. */
  add(connection: Connection): void {
    const { userId } = connection.session;
    this.#all.add(connection);
    this.#byUser.add(userId, connection);
    const ofUser = this.#byUser.of(userId);
    for (const oldest of ofUser.slice(0, ofUser.length - this.#perUser)) oldest.cut('too-many-connections');
  }

  remove(connection: Connection): void {
    this.#all.delete(connection);
    this.#byUser.remove(connection.session.userId, connection);
  }

  /** Closes the connections whose token has expired and was not renewed. */
  cutExpired(): void {
    const now = this.#clock.now();
    for (const connection of this.#all) {
      if (connection.session.expiresAt + EXPIRY_GRACE_MS <= now) connection.cut('token-expired');
    }
  }

  /** Tells every client that this node ends, and closes. */
  cutAll(): void {
    for (const connection of [...this.#all]) connection.cut('server-stopping');
  }
}
