import { FRAME_EVENT, type Frame, RESYNC_EVENT, type Resync } from '@souk/protocol/commands/frames';
import type { ShowId } from '@souk/protocol/ids';
import { type Entry, mayHear, type Onlooker, tellTo } from '@souk/protocol/timeline/entries';
import type { Connection, ServerEvents } from '../connection/connection.ts';
import type { HubMetrics } from '../hub-metrics.ts';
import { planFrames } from './frame-plan.ts';
import { type Member, Members } from './members.ts';

/** Sends something to all who are in a channel. */
export type Publish = <Name extends keyof ServerEvents>(
  channel: string,
  event: Name,
  data: ServerEvents[Name],
) => void;

export interface AudienceOptions {
  readonly showId: ShowId;
  readonly publish: Publish;
  readonly metrics: Pick<HubMetrics, 'frames' | 'resyncs'>;
}

/** What a tick has for its hearers. */
export interface Telling {
  readonly entries: readonly Entry[];
  /** True when there is something for everybody, also for those who hear none of the entries. */
  readonly toAll: boolean;
  /** Makes the frame of somebody who hears these entries. */
  readonly frame: (heard: readonly Entry[]) => Frame;
}

/** The clients that follow a show, and the two channels in which they stand: one for the crowd, one for the staff. */
export class Audience {
  readonly #members = new Members();
  readonly #options: AudienceOptions;
  readonly #channels: { readonly crowd: string; readonly staff: string };

  constructor(options: AudienceOptions) {
    this.#options = options;
    this.#channels = { crowd: `show:${options.showId}`, staff: `show:${options.showId}:staff` };
  }

  get members(): Pick<Members, 'size' | 'viewers' | 'find' | 'ofPerson' | 'all'> {
    return this.#members;
  }

  admit(connection: Connection, isStaff: boolean): Member {
    const member = { connection, isStaff, isBehind: connection.isBehind };
    this.#members.add(member);
    this.#enter(member);
    return member;
  }

  dismiss(member: Member): void {
    this.#members.remove(member);
    this.#exit(member);
  }

  setStaff(member: Member, isStaff: boolean): void {
    this.#exit(member);
    this.#members.setStaff(member, isStaff);
    this.#enter(member);
  }

  pause(member: Member): void {
    this.#exit(member);
    member.isBehind = true;
  }

  /** What is sent to the member before is before all frames. */
  resume(member: Member): void {
    member.isBehind = false;
    this.#enter(member);
  }

  /** Sends one frame to each hearer. */
  tell({ entries, frame, toAll }: Telling): void {
    const { publish, metrics } = this.#options;
    const { crowd, staff, persons } = planFrames(entries);
    const apart = [...persons].flatMap((userId) => this.#membersApart(userId, entries, staff.length));
    // They step aside for the two broadcasts, which would not have all that is theirs, and get a frame of their own.
    for (const { member } of apart) this.#exit(member);
    if ((toAll || crowd.length > 0) && this.#members.size > 0) {
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

  /** Sends the whole state to everybody; `hasOwnPart` says of whom the state knows something of their own. */
  resyncAll(whole: (onlooker: Onlooker) => Resync, hasOwnPart: (userId: string) => boolean): void {
    const isApart = ({ isBehind, isStaff, connection }: Member): boolean =>
      !isBehind && !isStaff && hasOwnPart(connection.session.userId);
    const apart = this.#members.all().filter(isApart);
    for (const member of apart) this.#exit(member);
    const { publish, metrics } = this.#options;
    publish(this.#channels.crowd, RESYNC_EVENT, whole({ userId: '', isStaff: false }));
    const forStaff = whole({ userId: '', isStaff: true });
    publish(this.#channels.staff, RESYNC_EVENT, forStaff);
    metrics.resyncs.inc({ reason: forStaff.reason }, this.#members.size - apart.length);
    for (const member of apart) {
      this.resync(member, whole(onlookerOf(member)));
      this.#enter(member);
    }
  }

  resync(member: Member, whole: Resync): void {
    member.connection.send(RESYNC_EVENT, whole);
    this.#options.metrics.resyncs.inc({ reason: whole.reason });
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

/** The member as audiences of entries look at it. */
export function onlookerOf({ connection, isStaff }: Member): Onlooker {
  return { userId: connection.session.userId, isStaff };
}
