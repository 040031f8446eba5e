import type { Connection } from '../connection/connection.ts';

export interface Member {
  readonly connection: Connection;
  isStaff: boolean;
}

/** The clients of this node that follow one show, by connection and by person. */
export class Members {
  readonly #byConnection = new Map<string, Member>();
  readonly #byPerson = new Map<string, Set<Member>>();
  #staff = 0;
  /** Counted anew only after a change: each tick asks for it. */
  #viewers: number | undefined;

  get size(): number {
    return this.#byConnection.size;
  }

  get hasStaff(): boolean {
    return this.#staff > 0;
  }

  /** Different people who watch; the show's staff does not count. */
  get viewers(): number {
    this.#viewers ??= [...this.#byPerson.values()].filter(isAudience).length;
    return this.#viewers;
  }

  find(connection: Connection): Member | undefined {
    return this.#byConnection.get(connection.id);
  }

  ofPerson(userId: string): readonly Member[] {
    return [...(this.#byPerson.get(userId) ?? [])];
  }

  all(): readonly Member[] {
    return [...this.#byConnection.values()];
  }

  add(member: Member): void {
    const { id, session } = member.connection;
    this.#byConnection.set(id, member);
    const ofPerson = this.#byPerson.get(session.userId) ?? new Set();
    this.#byPerson.set(session.userId, ofPerson.add(member));
    if (member.isStaff) this.#staff += 1;
    this.#viewers = undefined;
  }

  remove(member: Member): void {
    const { id, session } = member.connection;
    if (!this.#byConnection.delete(id)) return;
    const ofPerson = this.#byPerson.get(session.userId);
    ofPerson?.delete(member);
    if (ofPerson?.size === 0) this.#byPerson.delete(session.userId);
    if (member.isStaff) this.#staff -= 1;
    this.#viewers = undefined;
  }

  /** Changes on which side a member stands. */
  setStaff(member: Member, isStaff: boolean): void {
    if (member.isStaff === isStaff) return;
    member.isStaff = isStaff;
    this.#staff += isStaff ? 1 : -1;
    this.#viewers = undefined;
  }
}

function isAudience(ofPerson: ReadonlySet<Member>): boolean {
  return ![...ofPerson].some(({ isStaff }) => isStaff);
}
