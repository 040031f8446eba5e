import {
  type Frame,
  type JoinAnswer,
  REMOVED_EVENT,
  type Removed,
  type Resync,
} from '@souk/protocol/commands/frames';
import type { ShowId } from '@souk/protocol/ids';
import { isStaff, type Role, rolesAt } from '@souk/protocol/roles';
import { compareEntryIds, type Entry, type Onlooker } from '@souk/protocol/timeline/entries';
import type { Levels } from '@souk/protocol/timeline/levels';
import type { ShowState } from '@souk/protocol/timeline/state';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import type { Timeline } from '@souk/timeline/timeline';
import type { Connection } from '../connection/connection.ts';
import type { Session } from '../connection/session.ts';
import type { HubMetrics } from '../hub-metrics.ts';
import { Audience, onlookerOf, type Publish } from './audience.ts';
import type { Member } from './members.ts';
import { changesRoleOf, findMissed, type Position, readOlder, tellMissed } from './missed-entries.ts';
import { ReactionCounter } from './reaction-counter.ts';
import { RecentEntries } from './recent-entries.ts';
import { findRemoval } from './removals.ts';
import { RoomLevels } from './room-levels.ts';
import { hasOwnPart, ShowViews } from './show-views.ts';
import { ViewerMeter, type ViewerReport } from './viewer-meter.ts';

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
  readonly #audience: Audience;
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
    this.#audience = new Audience(options);
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
      !this.#meter.hasNews(this.#audience.members.viewers)
    );
  }

  get hasMembers(): boolean {
    return this.#audience.members.size > 0;
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
    const member = this.#audience.members.find(connection);
    if (member === undefined) return;
    this.#audience.dismiss(member);
    connection.shows.delete(this.showId);
    if (this.#audience.members.size === 0) this.#emptySince = this.#options.clock.now();
    this.#options.onWork(this);
  }

  /** Looks at a client's roles again, after its token or the list of moderators has changed. */
  refresh(connection: Connection): void {
    const member = this.#audience.members.find(connection);
    if (member === undefined) return;
    const staff = isStaff(this.rolesOf(connection.session));
    if (staff === member.isStaff) return;
    this.#audience.setStaff(member, staff);
    this.#options.onWork(this);
  }

  /** Sends nothing to a client that is behind. */
  pause(connection: Connection): void {
    const member = this.#audience.members.find(connection);
    if (member !== undefined) this.#audience.pause(member);
  }

  /** Gives a client that has caught up the state in the place of everything that it was not sent. */
  resume(connection: Connection): void {
    const member = this.#audience.members.find(connection);
    if (member === undefined) return;
    this.flush();
    // Sent before it is in the channel again, so that frames come after it.
    this.#audience.resync(member, this.#resyncOf('too-slow', onlookerOf(member)));
    this.#audience.resume(member);
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
    this.#audience.tell({ entries, frame, toAll: levels !== undefined });
    for (const entry of entries) this.#afterSending(entry);
  }

  /** The report of viewers that is due now, if one is. */
  takeViewerReport(): ViewerReport | undefined {
    return this.#meter.takeDue(this.#audience.members.viewers, this.#options.clock.now());
  }

  /** For how long nobody has been here, milliseconds. */
  idleMs(): number {
    return this.#audience.members.size > 0 ? 0 : this.#options.clock.now() - this.#emptySince;
  }

  #afterSending(entry: Entry): void {
    const changed = changesRoleOf(entry);
    if (changed !== undefined) {
      for (const { connection } of this.#audience.members.ofPerson(changed)) this.refresh(connection);
    }
    const removal = findRemoval(entry);
    for (const userId of removal?.userIds ?? []) {
      for (const { connection } of this.#audience.members.ofPerson(userId)) {
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
    const member = this.#audience.admit(connection, staff);
    connection.shows.add(this.showId);
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

  #resyncOf(reason: Resync['reason'], onlooker: Onlooker): Resync {
    return { showId: this.showId, reason, ...this.#whole(onlooker) };
  }

  /** Rights are looked at anew: the state may know other moderators and bans than the former one. */
  #resyncAll(reason: Resync['reason']): void {
    this.#resyncDue = undefined;
    for (const { connection } of this.#audience.members.all()) {
      this.refresh(connection);
      this.#removeIfBanned(connection);
    }
    this.#audience.resyncAll(
      (onlooker) => this.#resyncOf(reason, onlooker),
      (userId) => hasOwnPart(this.#state, userId),
    );
  }
}
