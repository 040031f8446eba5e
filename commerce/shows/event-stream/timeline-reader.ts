import type { StreamEndReason, StreamResyncReason } from '@souk/protocol/http/timeline-stream';
import { compareEntryIds, type Entry, mayHear, type Onlooker, tellTo } from '@souk/protocol/timeline/entries';
import { projectShow } from '@souk/protocol/timeline/reducer';
import type { Clock } from '@souk/runtime/clock';
import type { FollowedShow } from '@souk/timeline/follow-show';
import type { Batch } from './batch.ts';
import { formatEntry, formatHeartbeat, formatResync } from './format-events.ts';
import type { ChannelReader } from './show-channels.ts';
import type { Sink } from './sink.ts';

export interface TimelineReader extends ChannelReader {
  /** Tells what was missed, or the state for that reason, and goes on with what came meanwhile. */
  catchUp(show: FollowedShow, missed: readonly Entry[] | StreamResyncReason): Promise<void>;
  heartbeat(show: FollowedShow): void;
}

export interface TimelineReaderOptions {
  readonly sink: Sink;
  readonly onlooker: Onlooker;
  /** Id of the last entry that the reader has. */
  readonly after: string;
  readonly clock: Clock;
}

/** A reader that is this far behind is ended: it has been sent all that fits. */
export const BACKLOG_BYTES = 1_048_576;
/** What came during a longer catching up is told as the state. */
const WAITING_ENTRIES = 2_000;
const ENTRIES_PER_WRITE = 100;

/** One connection: first catches up, then is told each batch at once. */
export function createTimelineReader({
  sink,
  onlooker,
  after,
  clock,
}: TimelineReaderOptions): TimelineReader {
  let phase: 'catching-up' | 'live' = 'catching-up';
  /** Everything up to here was told. */
  let place = after;
  let waiting: Batch[] = [];
  let lost: StreamResyncReason | undefined;
  let epoch: string | undefined;

  const write = (text: string): void => {
    if (text !== '') sink.write(text);
    if (sink.backlogBytes() > BACKLOG_BYTES) sink.end('too-slow');
  };
  const resync = (show: FollowedShow, reason: StreamResyncReason): void => {
    const { isStaff } = onlooker;
    const { state } = show;
    const shown = projectShow(state, onlooker);
    write(formatResync({ reason, epoch: show.epoch, state: shown, isStaff, serverTime: clock.now() }));
    epoch = show.epoch;
    place = state.lastId;
    endWith(endingOf(state, onlooker));
  };
  const tell = (batch: Batch): void => {
    const ending = batch.endingFor(onlooker);
    // Whose rights are other ones now is told nothing more by the former ones.
    if (ending === undefined || ending === 'show-ended') write(batch.textFor(onlooker, place));
    const upTo = batch.entries.at(-1)?.id ?? place;
    if (compareEntryIds(upTo, place) > 0) place = upTo;
    endWith(ending);
  };
  const endWith = (reason: StreamEndReason | undefined): void => {
    if (reason !== undefined) sink.end(reason);
  };
  const writeMissed = async (ofEpoch: string, missed: readonly Entry[]): Promise<void> => {
    epoch = ofEpoch;
    const heard = missed.filter((entry) => mayHear(entry.audience, onlooker));
    for (let from = 0; from < heard.length && !sink.isClosed; from += ENTRIES_PER_WRITE) {
      const part = heard.slice(from, from + ENTRIES_PER_WRITE);
      sink.write(part.map((entry) => formatEntry(ofEpoch, tellTo(entry, onlooker))).join(''));
      await sink.drained();
    }
    place = missed.at(-1)?.id ?? place;
  };
  return {
    take(batch) {
      if (phase === 'live') return tell(batch);
      waiting.push(batch);
      if (waiting.reduce((sum, { entries }) => sum + entries.length, 0) <= WAITING_ENTRIES) return;
      waiting = [];
      lost ??= 'too-far-behind';
    },
    replace(show) {
      const reason = show.epoch === epoch ? 'too-far-behind' : 'new-epoch';
      if (phase === 'live') return resync(show, reason);
      waiting = [];
      lost = reason;
    },
    async catchUp(show, missed) {
      if (typeof missed === 'string') resync(show, missed);
      else await writeMissed(show.epoch, missed);
      await sink.drained();
      phase = 'live';
      if (lost !== undefined) return resync(show, lost);
      for (const batch of waiting.splice(0)) tell(batch);
      endWith(endingOf(show.state, onlooker));
    },
    heartbeat(show) {
      if (phase === 'live') write(formatHeartbeat(show.epoch, place));
    },
  };
}

/** Why a show in this state cannot be followed by this onlooker. */
function endingOf({ status, bans }: FollowedShow['state'], { userId, isStaff }: Onlooker) {
  if (!isStaff && Object.hasOwn(bans, userId)) return 'banned';
  return status === 'ended' ? 'show-ended' : undefined;
}
