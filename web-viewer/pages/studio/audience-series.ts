import type { Entry } from '@souk/protocol/timeline/entries';

export type MarkKind = 'pin' | 'sale';

/** Something the host did, marked on the curve. */
export interface Mark {
  readonly at: number;
  readonly kind: MarkKind;
}

/** Points of the curve: server seconds (as uPlot wants them) and viewers. */
export interface AudienceSeries {
  readonly seconds: readonly number[];
  readonly viewers: readonly number[];
  readonly marks: readonly Mark[];
}

export const emptySeries: AudienceSeries = { seconds: [], viewers: [], marks: [] };

/** An hour at one point in two seconds; older points leave. */
const MAX_POINTS = 1_800;

/** The series with one more point. */
export function addPoint(series: AudienceSeries, at: number, viewers: number): AudienceSeries {
  const seconds = [...series.seconds, at / 1_000].slice(-MAX_POINTS);
  const firstAt = (seconds[0] ?? 0) * 1_000;
  return {
    seconds,
    viewers: [...series.viewers, viewers].slice(-MAX_POINTS),
    marks: series.marks.filter((mark) => mark.at >= firstAt),
  };
}

/** The series with what an entry marks on it; most entries mark nothing. */
export function addMark(series: AudienceSeries, entry: Entry): AudienceSeries {
  const kind = markOf(entry);
  return kind === undefined ? series : { ...series, marks: [...series.marks, { at: entry.at, kind }] };
}

function markOf(entry: Entry): MarkKind | undefined {
  if (entry.type === 'product:pinned') return 'pin';
  return entry.type === 'sale:started' ? 'sale' : undefined;
}
