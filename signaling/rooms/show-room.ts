import {
  FRAME_EVENT,
  type Frame,
  type JoinAnswer,
  REMOVED_EVENT,
  RESYNC_EVENT,
  type Removed,
  type Resync,
} from '@souk/protocol/commands/frames';
import type { ShowId } from '@souk/protocol/ids';
import { isStaff, type Role, rolesAt } from '@souk/protocol/roles';
import { compareEntryIds, type Entry, mayHear, type Onlooker, tellTo } from '@souk/protocol/timeline/entries';
import type { Levels } from '@souk/protocol/timeline/levels';
import type { ShowState } from '@souk/protocol/timeline/state';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import type { Timeline } from '@souk/timeline/timeline';
import type { Connection, ServerEvents } from '../connection/connection.ts';
import type { Session } from '../connection/session.ts';
import type { HubMetrics } from '../hub-metrics.ts';
import { planFrames } from './frame-plan.ts';
import { type Member, Members } from './members.ts';
import { changesRoleOf, findMissed, type Position, readOlder, tellMissed } from './missed-entries.ts';
import { ReactionCounter } from './reaction-counter.ts';
import { RecentEntries } from './recent-entries.ts';
import { findRemoval } from './removals.ts';
import { RoomLevels } from './room-levels.ts';
import { hasOwnPart, ShowViews } from './show-views.ts';
import { ViewerMeter, type ViewerReport } from './viewer-meter.ts';

/** Sends something to all who are in a channel. */
export type Publish = <Name extends keyof ServerEvents>(
  channel: string,
  event: Name,
  data: ServerEvents[Name],
) => void;

export interface ShowRoomOptions {
  readonly showId: ShowId;
  readonly epoch: string;
  readonly state: ShowState;
  readonly levels: Levels;
  readonly publish: Publish;
  readonly timeline: Pick<Timeline, 'readMissed'>;
  readonly metrics: Pick<HubMetrics, 'frames' | 'resyncs' | 'removals'>;
  readonly clock: Clock;
  /** Called when the room has something to do with the next tick. */
  readonly onWork: (room: ShowRoom) => void;
}

/** A show on this node: its state, the clients that follow it, and what they have not been sent yet. */
export class ShowRoom {
  readonly showId: ShowId;
  readonly #options: ShowRoomOptions;
  readonly #levels: RoomLevels;
  readonly #reactions = new ReactionCounter();
  readonly #channels: { readonly crowd: string; readonly staff: string };
  readonly #members = new Members();
  readonly #meter = new ViewerMeter();
  readonly #views = new ShowViews();
  #state: ShowState;
  #epoch: string;
  #recent: RecentEntries;
  #unsent: Entry[] = [];
  /** Why everybody needs the whole state, if everybody does. */
  #resyncDue: Resync['reason'] | undefined;
  #emptySince: number;

  constructor(options: ShowRoomOptions) {
    const { showId, levels, state, epoch, clock } = options;
    this.showId = showId;
    this.#options = options;
    this.#levels = new RoomLevels(levels);
    this.#channels = { crowd: `show:${showId}`, staff: `show:${showId}:staff` };
    this.#state = state;
    this.#epoch = epoch;
    this.#recent = new RecentEntries(state.lastId);
    this.#emptySince = clock.now();
  }

  get state(): ShowState {
    return this.#state;
  }

  get epoch(): string {
    return this.#epoch;
  }

  get lastId(): string {
    return this.#state.lastId;
  }

  get recent(): RecentEntries {
    return this.#recent;
  }

  get levels(): Pick<RoomLevels, 'current' | 'hear'> {
    return {
      current: this.#levels.current,
      hear: (changed) => {
        this.#levels.hear(changed);
        this.#options.onWork(this);
      },
    };
  }

  get reactions(): Pick<ReactionCounter, 'count' | 'takeDue'> {
    return {
      count: (emoji) => {
        this.#reactions.count(emoji);
        this.#options.onWork(this);
      },
      takeDue: (now) => this.#reactions.takeDue(now),
    };
  }

  /** True when there is nothing to send or to report, now or soon. */
  get isQuiet(): boolean {
    return (
      this.#unsent.length === 0 &&
      this.#resyncDue === undefined &&
      !this.#levels.hasNews &&
      !this.#reactions.hasNews &&
      !this.#meter.hasNews(this.#members.viewers)
    );
  }

  get hasMembers(): boolean {
    return this.#members.size > 0;
  }

  /** Takes new entries, and the state with them folded in; they are sent with the next tick. */
  take(entries: readonly Entry[], state: ShowState): void {
    this.#state = state;
    for (const entry of entries) this.#recent.add(entry);
    this.#unsent.push(...entries);
    this.#options.onWork(this);
  }

  /** Takes another state in the place of the former one and its entries; everybody is sent it with the next tick. */
  replace(epoch: string, state: ShowState): void {
    this.#resyncDue = epoch === this.#epoch ? (this.#resyncDue ?? 'too-slow') : 'new-epoch';
    this.#epoch = epoch;
    this.#state = state;
    this.#recent = new RecentEntries(state.lastId);
    this.#unsent = [];
    this.#options.onWork(this);
  }

  /**
   * The caller's roles here: those of the token, but whether somebody is a moderator the timeline alone says.
   * A token outlives the removal of a moderator by minutes.
   */
  rolesOf(session: Session): Set<Role> {
    const merchantId = this.#state.facts?.merchantId ?? '';
    const roles = rolesAt(session.grants, { kind: 'show', showId: this.showId, merchantId });
    roles.delete('moderator');
    if (Object.hasOwn(this.#state.moderators, session.userId)) roles.add('moderator');
    return roles;
  }

  /** Lets a client follow the show; it may have followed before. Throws AppError BANNED, or INVALID_TRANSITION when it is gone. */
  async join(connection: Connection, after?: Position): Promise<JoinAnswer> {
    this.leave(connection);
    this.#assertWelcome(connection.session);
    const older = await readOlder(this, after, this.#options.timeline);
    if (!connection.isOpen) throw new AppError('INVALID_TRANSITION', { detail: 'the connection is closed' });
    this.leave(connection);
    this.#assertWelcome(connection.session);
    // What has been folded in already must not come a second time with the next frame.
    this.flush();
    const member = this.#admit(connection);
    return this.#answer(onlookerOf(member), after, older);
  }

  leave(connection: Connection): void {
    const member = this.#members.find(connection);
    if (member === undefined) return;
    this.#members.remove(member);
    connection.shows.delete(this.showId);
    this.#exit(member);
    if (this.#members.size === 0) this.#emptySince = this.#options.clock.now();
    this.#options.onWork(this);
  }

  /** Looks at a client's roles again, after its token or the list of moderators has changed. */
  refresh(connection: Connection): void {
    const member = this.#members.find(connection);
    if (member === undefined) return;
    const staff = isStaff(this.rolesOf(connection.session));
    if (staff === member.isStaff) return;
    this.#exit(member);
    this.#members.setStaff(member, staff);
    this.#enter(member);
    this.#options.onWork(this);
  }

  /** Sends nothing to a client that is behind. */
  pause(connection: Connection): void {
    const member = this.#members.find(connection);
    if (member === undefined) return;
    this.#exit(member);
    member.isBehind = true;
  }

  /** Gives a client that has caught up the state in the place of everything that it was not sent. */
  resume(connection: Connection): void {
    const member = this.#members.find(connection);
    if (member === undefined) return;
    this.flush();
    // Sent before it is in the channel again, so that frames come after it.
    this.#resync(member, 'too-slow');
    member.isBehind = false;
    this.#enter(member);
  }

  /** Sends what has come since the last tick: one frame for each hearer. */
  flush(): void {
    const reason = this.#resyncDue;
    if (reason !== undefined) this.#resyncAll(reason);
    const now = this.#options.clock.now();
    const levels = this.#levels.takeDue(now);
    const entries = this.#unsent;
    if (entries.length === 0 && levels === undefined) return;
    this.#unsent = [];
    const frame = (heard: readonly Entry[]): Frame => ({
      showId: this.showId,
      epoch: this.#epoch,
      entries: [...heard],
      upTo: this.#state.lastId,
      ...(levels === undefined ? {} : { levels }),
      serverTime: now,
    });
    this.#send(entries, frame, levels !== undefined);
    for (const entry of entries) this.#afterSending(entry);
  }

  /** The report of viewers that is due now, if one is. */
  takeViewerReport(): ViewerReport | undefined {
    return this.#meter.takeDue(this.#members.viewers, this.#options.clock.now());
  }

  /** For how long nobody has been here, milliseconds. */
  idleMs(): number {
    return this.#members.size > 0 ? 0 : this.#options.clock.now() - this.#emptySince;
  }

  /** `toAll`: there is something for everybody, also for those who hear none of the entries. */
  #send(entries: readonly Entry[], frame: (heard: readonly Entry[]) => Frame, toAll: boolean): void {
    const { publish, metrics } = this.#options;
    const { crowd, staff, persons } = planFrames(entries);
    const apart = [...persons].flatMap((userId) => this.#membersApart(userId, entries, staff.length));
    // They step aside for the two broadcasts, which would not have all that is theirs, and get a frame of their own.
    for (const { member } of apart) this.#exit(member);
    if ((toAll || crowd.length > 0) && this.hasMembers) {
      publish(this.#channels.crowd, FRAME_EVENT, frame(crowd));
      metrics.frames.inc({ to: 'crowd' });
    }
    if ((toAll || staff.length > 0) && this.#members.hasStaff) {
      publish(this.#channels.staff, FRAME_EVENT, frame(staff));
      metrics.frames.inc({ to: 'staff' });
    }
    for (const { member, heard } of apart) {
      member.connection.send(FRAME_EVENT, frame(heard));
      this.#enter(member);
    }
    if (apart.length > 0) metrics.frames.inc({ to: 'person' }, apart.length);
  }

  /** The clients of a person, each with what it hears, unless that is what its channel hears anyway. */
  #membersApart(userId: string, entries: readonly Entry[], staffHears: number) {
    return this.#members.ofPerson(userId).flatMap((member) => {
      if (member.isBehind) return [];
      const onlooker = onlookerOf(member);
      const heard = entries
        .filter((entry) => mayHear(entry.audience, onlooker))
        .map((entry) => tellTo(entry, onlooker));
      return member.isStaff && heard.length === staffHears ? [] : [{ member, heard }];
    });
  }

  #afterSending(entry: Entry): void {
    const changed = changesRoleOf(entry);
    if (changed !== undefined) {
      for (const { connection } of this.#members.ofPerson(changed)) this.refresh(connection);
    }
    const removal = findRemoval(entry);
    for (const userId of removal?.userIds ?? []) {
      for (const { connection } of this.#members.ofPerson(userId)) {
        if (removal?.reason === 'disconnected') this.#remove(connection, 'disconnected');
        else this.#removeIfBanned(connection);
      }
    }
  }

  #removeIfBanned(connection: Connection): void {
    if (this.#isBanned(connection.session)) this.#remove(connection, 'banned');
  }

  #remove(connection: Connection, reason: Removed['reason']): void {
    this.leave(connection);
    connection.send(REMOVED_EVENT, { showId: this.showId, reason });
    this.#options.metrics.removals.inc({ reason });
  }

  /** A ban does not reach the staff: they cannot be banned where they work. */
  #isBanned(session: Session): boolean {
    return Object.hasOwn(this.#state.bans, session.userId) && !isStaff(this.rolesOf(session));
  }

  #assertWelcome(session: Session): void {
    if (this.#isBanned(session)) throw new AppError('BANNED');
  }

  #admit(connection: Connection): Member {
    const staff = isStaff(this.rolesOf(connection.session));
    const member = { connection, isStaff: staff, isBehind: connection.isBehind };
    this.#members.add(member);
    connection.shows.add(this.showId);
    this.#enter(member);
    if (!staff) this.#meter.arrived(connection.session.userId);
    this.#options.onWork(this);
    return member;
  }

  #answer(onlooker: Onlooker, after: Position | undefined, older: readonly Entry[] | undefined): JoinAnswer {
    const missed = findMissed(this, after, older);
    const entries = missed === undefined ? undefined : tellMissed(missed, onlooker);
    if (after === undefined || entries === undefined) return { kind: 'snapshot', ...this.#whole(onlooker) };
    const { state: _, ...common } = this.#whole(onlooker);
    // Another node may have been a tick ahead of this one.
    const upTo = compareEntryIds(after.id, this.lastId) > 0 ? after.id : this.lastId;
    return { kind: 'missed', entries, upTo, ...common };
  }

  #whole(onlooker: Onlooker) {
    return {
      state: this.#views.viewOf(this.#state, onlooker),
      epoch: this.#epoch,
      levels: this.#levels.current,
      serverTime: this.#options.clock.now(),
      isStaff: onlooker.isStaff,
    };
  }

  #resync(member: Member, reason: Resync['reason']): void {
    member.connection.send(RESYNC_EVENT, {
      showId: this.showId,
      reason,
      ...this.#whole(onlookerOf(member)),
    });
    this.#options.metrics.resyncs.inc({ reason });
  }

  /** Rights are looked at anew: the state may know other moderators and bans than the former one. */
  #resyncAll(reason: Resync['reason']): void {
    this.#resyncDue = undefined;
    for (const { connection } of this.#members.all()) {
      this.refresh(connection);
      this.#removeIfBanned(connection);
    }
    const apart = this.#members
      .all()
      .filter((member) => !member.isBehind && !member.isStaff && this.#hasOwnPart(member));
    for (const member of apart) this.#exit(member);
    const { publish, metrics } = this.#options;
    for (const [channel, staff] of [
      [this.#channels.crowd, false],
      [this.#channels.staff, true],
    ] as const) {
      publish(channel, RESYNC_EVENT, {
        showId: this.showId,
        reason,
        ...this.#whole({ userId: '', isStaff: staff }),
      });
    }
    metrics.resyncs.inc({ reason }, this.#members.size - apart.length);
    for (const member of apart) {
      this.#resync(member, reason);
      this.#enter(member);
    }
  }

  #hasOwnPart({ connection }: Member): boolean {
    return hasOwnPart(this.#state, connection.session.userId);
  }

  #enter(member: Member): void {
    if (!member.isBehind) member.connection.enter(this.#channelOf(member));
  }

  #exit(member: Member): void {
    if (!member.isBehind) member.connection.exit(this.#channelOf(member));
  }

  #channelOf(member: Member): string {
    return member.isStaff ? this.#channels.staff : this.#channels.crowd;
  }
}

function onlookerOf({ connection, isStaff: staff }: Member): Onlooker {
  return { userId: connection.session.userId, isStaff: staff };
}
