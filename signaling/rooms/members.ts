import type { Connection } from '../connection/connection.ts';
import { Groups } from '../connection/groups.ts';

export interface Member {
  readonly connection: Connection;
  isStaff: boolean;
  /** True while nothing is sent to this member: it gets the whole state when it has caught up. */
  isBehind: boolean;
}

/** The clients of this node that follow one show, by connection and by person. */
export class Members {
  readonly #byConnection = new Map<Connection, Member>();
  readonly #byPerson = new Groups<Member>();
  #staff = 0;
  #viewers = 0;

  get size(): number {
    return this.#byConnection.size;
  }

  get hasStaff(): boolean {
    return this.#staff > 0;
  }

  /** Different people who watch; the show's staff does not count. */
  get viewers(): number {
    return this.#viewers;
  }

  find(connection: Connection): Member | undefined {
    return this.#byConnection.get(connection);
  }

  ofPerson(userId: string): readonly Member[] {
    return this.#byPerson.of(userId);
  }

  all(): readonly Member[] {
    return [...this.#byConnection.values()];
  }

  add(member: Member): void {
    const { userId } = member.connection.session;
    this.#recount(userId, () => {
      this.#byConnection.set(member.connection, member);
      this.#byPerson.add(userId, member);
      if (member.isStaff) this.#staff += 1;
    });
  }

  remove(member: Member): void {
    const { userId } = member.connection.session;
    if (!this.#byConnection.has(member.connection)) return;
    this.#recount(userId, () => {
      this.#byConnection.delete(member.connection);
      this.#byPerson.remove(userId, member);
      if (member.isStaff) this.#staff -= 1;
    });
  }

  /** Changes on which side a member stands. */
  setStaff(member: Member, isStaff: boolean): void {
    if (member.isStaff === isStaff) return;
    this.#recount(member.connection.session.userId, () => {
      member.isStaff = isStaff;
      this.#staff += isStaff ? 1 : -1;
    });
  }

  /** Keeps the count of viewers over a change that concerns one person. */
  #recount(userId: string, change: () => void): void {
    const before = isAudience(this.ofPerson(userId));
    change();
    this.#viewers += Number(isAudience(this.ofPerson(userId))) - Number(before);
  }
}

function isAudience(ofPerson: readonly Member[]): boolean {
  return ofPerson.length > 0 && !ofPerson.some(({ isStaff }) => isStaff);
}
