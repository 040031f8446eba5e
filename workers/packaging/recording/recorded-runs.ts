import type { ShowId } from '@souk/protocol/ids';
import type { ObjectEntry } from '@souk/storage/object-store';
import { layout, type NamedSegment, parseSegmentPath } from '../layout.ts';
import { findStandIn, type Slot, slots } from '../slots.ts';

export interface RecordedSegment extends NamedSegment {
  readonly sizeBytes: number;
}

/** What there is of a recording, found by the names of its files. */
export interface Recorded {
  /** For each slot the segments that it shows, in the order of their capture. */
  readonly bySlot: ReadonlyMap<Slot, readonly RecordedSegment[]>;
  /** How long the best rendition plays. */
  readonly durationMs: number;
  /** Of all files. */
  readonly sizeBytes: number;
}

/** What two segments may share where one run took over from another. */
const OVERLAP_MS = 300;

/** Puts the segments of a listing in order; those that were captured before `startedAt` are no part of it. */
export function findRecorded(entries: readonly ObjectEntry[], showId: ShowId, startedAt: number): Recorded {
  const prefix = layout.media(showId).length;
  const segments = entries.flatMap(({ key, sizeBytes }): RecordedSegment[] => {
    const named = parseSegmentPath(key.slice(prefix));
    return named === undefined || named.startMs < startedAt ? [] : [{ ...named, sizeBytes }];
  });
  const runs = groupBy(segments, ({ run }) => run);
  const bySlot = new Map<Slot, readonly RecordedSegment[]>();
  for (const slot of slots) {
    const shown = [...runs.values()].flatMap((ofRun) => {
      const made = new Set(slots.filter((candidate) => ofRun.some((segment) => segment.slot === candidate)));
      const standIn = findStandIn(slot, made);
      return ofRun.filter((segment) => segment.slot === standIn);
    });
    bySlot.set(slot, withoutOverlap(shown.sort((left, right) => left.startMs - right.startMs)));
  }
  const best = bySlot.get('high') ?? [];
  return {
    bySlot,
    durationMs: best.reduce((total, { durationMs }) => total + durationMs, 0),
    sizeBytes: segments.reduce((total, segment) => total + segment.sizeBytes, 0),
  };
}

function withoutOverlap(segments: readonly RecordedSegment[]): RecordedSegment[] {
  let untilMs = 0;
  return segments.filter((segment) => {
    if (segment.startMs < untilMs - OVERLAP_MS) return false;
    untilMs = segment.startMs + segment.durationMs;
    return true;
  });
}

function groupBy<Item>(items: readonly Item[], nameOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(nameOf(item), [...(groups.get(nameOf(item)) ?? []), item]);
  return groups;
}
