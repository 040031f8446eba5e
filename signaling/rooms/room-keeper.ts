import type { ShowId } from '@souk/protocol/ids';
import type { Levels } from '@souk/protocol/timeline/levels';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import { followShow } from '@souk/timeline/follow-show';
import type { LevelsStore, LevelsSubscriber } from '@souk/timeline/levels';
import type { TimelineTail } from '@souk/timeline/tail';
import type { Timeline } from '@souk/timeline/timeline';
import type { Connection } from '../connection/connection.ts';
import type { HubMetrics } from '../hub-metrics.ts';
import type { Publish } from './audience.ts';
import { ShowRoom } from './show-room.ts';
import type { ViewerReports } from './viewer-reports.ts';

/** A room that nobody is in is closed after this time. */
export const IDLE_ROOM_MS = 60_000;

export interface RoomKeeperDeps {
  readonly timeline: Pick<Timeline, 'loadState' | 'readMissed'>;
  readonly tail: Pick<TimelineTail, 'follow'>;
  readonly levels: LevelsStore;
  readonly levelsSubscriber: LevelsSubscriber;
  readonly viewerReports: ViewerReports;
  readonly publish: Publish;
  readonly metrics: Pick<HubMetrics, 'entries' | 'frames' | 'resyncs' | 'removals'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface OpenRoom {
  readonly room: ShowRoom;
  readonly unfollow: () => void;
}

/** Opens rooms when somebody comes, moves them with each tick, and closes them when nobody is left. */
export class RoomKeeper {
  readonly #deps: RoomKeeperDeps;
  readonly #open = new Map<ShowId, OpenRoom>();
  readonly #opening = new Map<ShowId, Promise<ShowRoom>>();
  /** The rooms that have something to send or to report: a tick looks at no others, however many there are. */
  readonly #busy = new Set<ShowRoom>();

  constructor(deps: RoomKeeperDeps) {
    this.#deps = deps;
  }

  get size(): number {
    return this.#open.size;
  }

  find(showId: ShowId): ShowRoom | undefined {
    return this.#open.get(showId)?.room;
  }

  /** The room of a show, folded up to now. Throws SHOW_NOT_FOUND when there is no timeline of that show. */
  async open(showId: ShowId): Promise<ShowRoom> {
    const known = this.find(showId);
    if (known !== undefined) return known;
    const opening = this.#opening.get(showId) ?? this.#openRoom(showId);
    this.#opening.set(showId, opening);
    try {
      return await opening;
    } finally {
      this.#opening.delete(showId);
    }
  }

  /** Looks at the roles of a client again, in every show that it follows. */
  refresh(connection: Connection): void {
    for (const showId of connection.shows) this.find(showId)?.refresh(connection);
  }

  /** Takes a client that is gone out of its rooms. */
  leaveAll(connection: Connection): void {
    for (const showId of [...connection.shows]) this.find(showId)?.leave(connection);
  }

  /** Sends nothing to a client that is behind, in any show that it follows. */
  pause(connection: Connection): void {
    for (const showId of connection.shows) this.find(showId)?.pause(connection);
  }

  /** Brings a client that has caught up back to every show that it follows. */
  resume(connection: Connection): void {
    for (const showId of connection.shows) this.find(showId)?.resume(connection);
  }

  /** Sends what the rooms have to send, and reports what is due. */
  tick(): void {
    const now = this.#deps.clock.now();
    for (const room of this.#busy) {
      room.flush();
      this.#report(room, now);
      if (room.isQuiet) this.#busy.delete(room);
    }
  }

  /** Closes the rooms that nobody has been in for a while, and has the others repeat their reports. Once a second. */
  sweep(): void {
    for (const open of [...this.#open.values()]) {
      if (open.room.hasMembers) this.#busy.add(open.room);
      if (open.room.idleMs() >= IDLE_ROOM_MS) this.#close(open);
    }
  }

  /** Closes every room, and takes this node's viewers off the counts. */
  async close(): Promise<void> {
    const rooms = [...this.#open.values()];
    this.#open.clear();
    for (const open of rooms) this.#close(open);
    await Promise.all(rooms.map(({ room }) => this.#deps.viewerReports.report(room.showId, 0, [])));
  }

  #close({ room, unfollow }: OpenRoom): void {
    unfollow();
    this.#open.delete(room.showId);
    this.#busy.delete(room);
  }

  async #openRoom(showId: ShowId): Promise<ShowRoom> {
    const { levels, levelsSubscriber } = this.#deps;
    // Subscribed before they are read: a change in between is heard after what was read before it.
    const changes: Levels[] = [];
    let hear = (changed: Levels): void => void changes.push(changed);
    const unfollowLevels = await levelsSubscriber.follow(showId, (changed) => hear(changed));
    try {
      const { room, unfollowEntries } = await this.#followEntries(showId, await levels.get(showId));
      for (const changed of changes) room.levels.hear(changed);
      hear = (changed) => room.levels.hear(changed);
      const unfollow = (): void => {
        unfollowEntries();
        this.#inBackground('unfollow-levels', unfollowLevels());
      };
      this.#open.set(showId, { room, unfollow });
      return room;
    } catch (error) {
      this.#inBackground('unfollow-levels', unfollowLevels());
      throw error;
    }
  }

  async #followEntries(showId: ShowId, levels: Levels) {
    const { timeline, tail, metrics, clock, publish, logger } = this.#deps;
    let room: ShowRoom | undefined;
    const show = await followShow({
      timeline,
      tail,
      logger,
      showId,
      onEntries(entries, { state }) {
        metrics.entries.inc(entries.length);
        room?.take(entries, state);
      },
      onReplaced: ({ epoch, state }) => room?.replace(epoch, state),
    });
    if (show === undefined) throw new AppError('SHOW_NOT_FOUND');
    const { epoch, state } = show;
    const onWork = (busy: ShowRoom): void => void this.#busy.add(busy);
    room = new ShowRoom({ showId, epoch, state, levels, publish, timeline, metrics, clock, onWork });
    return { room, unfollowEntries: () => show.stop() };
  }

  #report(room: ShowRoom, now: number): void {
    const { viewerReports, levels } = this.#deps;
    const report = room.takeViewerReport();
    if (report !== undefined) {
      this.#inBackground(
        'report-viewers',
        viewerReports.report(room.showId, report.viewers, report.arrivals),
      );
    }
    const reactions = room.reactions.takeDue(now);
    if (reactions !== undefined)
      this.#inBackground('report-reactions', levels.set(room.showId, { reactions }));
  }

  /** Levels are repeated or replaced soon: a failure is logged, and nothing waits for them. */
  #inBackground(what: string, work: Promise<unknown>): void {
    work.catch((err: unknown) => this.#deps.logger.warn({ event: 'background-failed', what, err }));
  }
}
