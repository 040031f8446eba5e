import type { Frame, JoinAnswer } from '@souk/protocol/commands/frames';
import type { ShowId } from '@souk/protocol/ids';
import { isStaff, type Role, rolesAt } from '@souk/protocol/roles';
import { compareEntryIds, type Entry, mayHear, type Onlooker } from '@souk/protocol/timeline/entries';
import type { Levels } from '@souk/protocol/timeline/levels';
import { projectShow, reduceShow } from '@souk/protocol/timeline/reducer';
import { emptyShowState, type ShowState } from '@souk/protocol/timeline/state';
import type { Clock } from '@souk/runtime/clock';
import type { Connection } from '../connection/connection.ts';
import type { Session } from '../connection/session.ts';
import { planFrames } from './frame-plan.ts';
import { type Member, Members } from './members.ts';
import { ReactionCounter } from './reaction-counter.ts';
import { RecentEntries } from './recent-entries.ts';
import { RoomLevels } from './room-levels.ts';
import { ViewerMeter, type ViewerReport } from './viewer-meter.ts';

/** Sends one frame to all who are in a channel. */
export type Broadcast = (channel: string, frame: Frame) => void;

export interface ShowRoomOptions {
  readonly showId: ShowId;
  readonly epoch: string;
  readonly levels: Levels;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
}

/** What a client names when it comes back. */
export type Position = { readonly epoch: string; readonly id: string };

/** A show on this node: its folded state, the clients that follow it, and what they have not been sent yet. */
export class ShowRoom {
  readonly showId: ShowId;
  readonly reactions = new ReactionCounter();
  readonly levels: RoomLevels;
  readonly #broadcast: Broadcast;
  readonly #clock: Clock;
  readonly #channels: { readonly crowd: string; readonly staff: string };
  readonly #members = new Members();
  readonly #meter = new ViewerMeter();
  #state: ShowState = emptyShowState;
  #epoch: string;
  #recent = new RecentEntries();
  #unsent: Entry[] = [];
  #epochIsNew = false;
  #emptySince: number;

  constructor({ showId, epoch, levels, broadcast, clock }: ShowRoomOptions) {
    this.showId = showId;
    this.levels = new RoomLevels(levels);
    this.#broadcast = broadcast;
    this.#channels = { crowd: `show:${showId}`, staff: `show:${showId}:staff` };
    this.#epoch = epoch;
    this.#clock = clock;
    this.#emptySince = clock.now();
  }

  get state(): ShowState {
    return this.#state;
  }

  /** Folds entries that lie behind: nobody is sent them. */
  load(entries: readonly Entry[]): void {
    for (const entry of entries) this.#fold(entry);
  }

  /** Folds new entries; they are sent with the next tick. */
  take(entries: readonly Entry[], epoch: string): void {
    if (epoch !== this.#epoch) this.#beginAnew(epoch);
    const news = entries.filter((entry) => compareEntryIds(entry.id, this.#state.lastId) > 0);
    for (const entry of news) this.#fold(entry);
    // Those who follow have the former epoch: they will come back for a snapshot of the new one.
    if (!this.#epochIsNew) this.#unsent.push(...news);
  }

  /**
   * The caller's roles here: those of the token, but whether somebody is a moderator the timeline alone says.
   * A token outlives the removal of a moderator by minutes.
   */
  rolesOf(session: Session): ReadonlySet<Role> {
    const merchantId = this.#state.facts?.merchantId ?? '';
    const roles = rolesAt(session.grants, { kind: 'show', showId: this.showId, merchantId });
    roles.delete('moderator');
    if (Object.hasOwn(this.#state.moderators, session.userId)) roles.add('moderator');
    return roles;
  }

  /** Lets a client follow the show; it may have followed before. */
  join(connection: Connection, after?: Position): JoinAnswer {
    this.leave(connection);
    const member = { connection, isStaff: isStaff(this.rolesOf(connection.session)) };
    this.#members.add(member);
    connection.shows.add(this.showId);
    connection.enter(this.#channelOf(member));
    if (!member.isStaff) this.#meter.arrived(connection.session.userId);
    return this.#answer(onlookerOf(member), after);
  }

  leave(connection: Connection): void {
    const member = this.#members.find(connection);
    if (member === undefined) return;
    this.#members.remove(member);
    connection.shows.delete(this.showId);
    connection.exit(this.#channelOf(member));
    if (this.#members.size === 0) this.#emptySince = this.#clock.now();
  }

  /** Looks at a client's roles again, after its token or the list of moderators has changed. */
  refresh(connection: Connection): void {
    const member = this.#members.find(connection);
    if (member === undefined) return;
    const staff = isStaff(this.rolesOf(connection.session));
    if (staff === member.isStaff) return;
    connection.exit(this.#channelOf(member));
    this.#members.setStaff(member, staff);
    connection.enter(this.#channelOf(member));
  }

  /** Sends what this tick has brought: one frame for each hearer. Gives the number of frames by kind of hearer. */
  flush(): { crowd: number; staff: number; person: number } {
    const now = this.#clock.now();
    const levels = this.levels.takeDue(now);
    const entries = this.#unsent;
    const isNews = entries.length > 0 || levels !== undefined || this.#epochIsNew;
    if (!isNews) return { crowd: 0, staff: 0, person: 0 };
    this.#unsent = [];
    const must = levels !== undefined || this.#epochIsNew;
    this.#epochIsNew = false;
    const frame = (heard: readonly Entry[]): Frame => ({
      showId: this.showId,
      epoch: this.#epoch,
      entries: [...heard],
      upTo: this.#state.lastId,
      ...(levels === undefined ? {} : { levels }),
      serverTime: now,
    });
    const plan = planFrames(entries);
    const apart = [...plan.persons].flatMap((userId) =>
      this.#membersApart(userId, entries, plan.staff.length),
    );
    // They step aside for the two broadcasts, which would not have all that is theirs, and get a frame of their own.
    for (const { member } of apart) member.connection.exit(this.#channelOf(member));
    const toCrowd = (must || plan.crowd.length > 0) && this.#members.size > 0;
    const toStaff = (must || plan.staff.length > 0) && this.#members.hasStaff;
    if (toCrowd) this.#broadcast(this.#channels.crowd, frame(plan.crowd));
    if (toStaff) this.#broadcast(this.#channels.staff, frame(plan.staff));
    for (const { member, heard } of apart) {
      member.connection.send(frame(heard));
      member.connection.enter(this.#channelOf(member));
    }
    this.#refreshChanged(entries);
    return { crowd: Number(toCrowd), staff: Number(toStaff), person: apart.length };
  }

  /** The report of viewers that is due now, if one is. */
  takeViewerReport(): ViewerReport | undefined {
    return this.#meter.takeDue(this.#members.viewers, this.#clock.now());
  }

  /** For how long nobody has followed the show here, milliseconds; 0 while somebody does. */
  idleMs(): number {
    return this.#members.size > 0 ? 0 : this.#clock.now() - this.#emptySince;
  }

  #fold(entry: Entry): void {
    this.#state = reduceShow(this.#state, entry);
    this.#recent.add(entry);
  }

  #beginAnew(epoch: string): void {
    this.#epoch = epoch;
    this.#epochIsNew = true;
    this.#state = emptyShowState;
    this.#recent = new RecentEntries();
    this.#unsent = [];
  }

  #answer(onlooker: Onlooker, after: Position | undefined): JoinAnswer {
    const common = {
      epoch: this.#epoch,
      levels: this.levels.current,
      serverTime: this.#clock.now(),
      isStaff: onlooker.isStaff,
    };
    const missed = this.#findMissed(onlooker, after);
    if (after === undefined || missed === undefined) {
      return { kind: 'snapshot', state: projectShow(this.#state, onlooker), ...common };
    }
    // Another node may have been a tick ahead of this one.
    const { lastId } = this.#state;
    const upTo = compareEntryIds(after.id, lastId) > 0 ? after.id : lastId;
    return { kind: 'missed', entries: missed, upTo, ...common };
  }

  #findMissed(onlooker: Onlooker, after: Position | undefined): Entry[] | undefined {
    if (after === undefined || after.epoch !== this.#epoch) return undefined;
    const entries = this.#recent.findSince(after.id);
    // Whoever became staff meanwhile lacks what staff was told before: only a snapshot has it.
    if (entries?.some((entry) => changesRoleOf(entry) === onlooker.userId)) return undefined;
    return entries?.filter((entry) => mayHear(entry.audience, onlooker));
  }

  /** The clients of a person, each with what it hears, unless that is what its channel hears anyway. */
  #membersApart(userId: string, entries: readonly Entry[], staffHears: number) {
    return this.#members.ofPerson(userId).flatMap((member) => {
      const heard = entries.filter((entry) => mayHear(entry.audience, onlookerOf(member)));
      return member.isStaff && heard.length === staffHears ? [] : [{ member, heard }];
    });
  }

  #refreshChanged(entries: readonly Entry[]): void {
    for (const entry of entries) {
      const userId = changesRoleOf(entry);
      if (userId === undefined) continue;
      for (const { connection } of this.#members.ofPerson(userId)) this.refresh(connection);
    }
  }

  #channelOf(member: Member): string {
    return member.isStaff ? this.#channels.staff : this.#channels.crowd;
  }
}

function onlookerOf({ connection, isStaff: staff }: Member): Onlooker {
  return { userId: connection.session.userId, isStaff: staff };
}

function changesRoleOf(entry: Entry): string | undefined {
  return entry.type === 'role:granted' || entry.type === 'role:revoked' ? entry.data.userId : undefined;
}
