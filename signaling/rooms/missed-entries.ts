import type { ShowId } from '@souk/protocol/ids';
import { compareEntryIds, type Entry, mayHear, type Onlooker, tellTo } from '@souk/protocol/timeline/entries';
import type { Timeline } from '@souk/timeline/timeline';
import type { RecentEntries } from './recent-entries.ts';
import { redact } from './redact.ts';

/** How far behind a client may be and still get exactly what it missed; further behind, it gets a snapshot. */
export const MAX_MISSED = 2_000;

/** What a client names when it comes back. */
export interface Position {
  readonly epoch: string;
  readonly id: string;
}

/** A room, as far as finding what was missed is concerned. It goes on while Redis is asked. */
export interface MissedSource {
  readonly showId: ShowId;
  readonly epoch: string;
  readonly lastId: string;
  readonly recent: RecentEntries;
}

/** Reads from the timeline what the room does not keep in memory; undefined when nothing has to be read or nothing helps. */
export async function readOlder(
  { showId, epoch, recent }: MissedSource,
  after: Position | undefined,
  timeline: Pick<Timeline, 'readMissed'>,
): Promise<readonly Entry[] | undefined> {
  if (after === undefined || after.epoch !== epoch || recent.findSince(after.id) !== undefined)
    return undefined;
  return timeline.readMissed(showId, { epoch, after: after.id, limit: MAX_MISSED });
}

/** Every entry after that position up to the room's own; undefined when they are not to be had: a snapshot is due. */
export function findMissed(
  source: MissedSource,
  after: Position | undefined,
  older: readonly Entry[] | undefined,
): Entry[] | undefined {
  if (after === undefined || after.epoch !== source.epoch) return undefined;
  const newest = source.recent.findSince(older?.at(-1)?.id ?? after.id);
  if (newest === undefined) return undefined;
  // Another node may have been a tick ahead: what this room has not told yet comes with its frames.
  const known = (older ?? []).filter((entry) => compareEntryIds(entry.id, source.lastId) <= 0);
  return redact([...known, ...newest]);
}

/**
 * Those of the entries that this onlooker may hear; undefined when the onlooker has become staff or ceased to be, for
 * only a snapshot has what was told before then.
 */
export function tellMissed(entries: readonly Entry[], onlooker: Onlooker): Entry[] | undefined {
  if (entries.some((entry) => changesRoleOf(entry) === onlooker.userId)) return undefined;
  return entries.filter((entry) => mayHear(entry.audience, onlooker)).map((entry) => tellTo(entry, onlooker));
}

/** The person whose role an entry changes. */
export function changesRoleOf(entry: Entry): string | undefined {
  return entry.type === 'role:granted' || entry.type === 'role:revoked' ? entry.data.userId : undefined;
}
