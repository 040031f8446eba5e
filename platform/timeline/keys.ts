import type { ShowId } from '@souk/protocol/ids';

/** A show's keys share one hash tag, so that a script may touch several of them on Redis Cluster too. */
const ofShow = (showId: ShowId, part: string): string => `souk:{${showId}}:${part}`;

export const timelineKeys = {
  timeline: (showId: ShowId): string => ofShow(showId, 'timeline'),
  epoch: (showId: ShowId): string => ofShow(showId, 'epoch'),
  dedupe: (showId: ShowId, dedupeKey: string): string => ofShow(showId, `dedupe:${dedupeKey}`),
  /** When somebody appended last, where there is a pace to keep. */
  pace: (showId: ShowId, key: string): string => ofShow(showId, `pace:${key}`),
  /** What was said lately, so that the same again can name it. */
  echo: (showId: ShowId, key: string): string => ofShow(showId, `echo:${key}`),
  /** The state of the show at some entry: where reading begins. */
  snapshot: (showId: ShowId): string => ofShow(showId, 'snapshot'),
  /** `epoch/id` of the newest entry that is in the archive and in the snapshot, but no more in the stream. */
  trimmed: (showId: ShowId): string => ofShow(showId, 'trimmed'),
  levels: (showId: ShowId): string => ofShow(showId, 'levels'),
  /** Viewers of each hub node: node id → `count:expiresAtMs`. */
  viewers: (showId: ShowId): string => ofShow(showId, 'viewers'),
  /** HyperLogLog of everybody who joined. */
  audience: (showId: ShowId): string => ofShow(showId, 'audience'),
  /** The most viewers at one moment. */
  peak: (showId: ShowId): string => ofShow(showId, 'peak'),
} as const;

/** Channel over which the changed levels of a show are told. */
export const levelsChannel = (showId: ShowId): string => `souk:levels:${showId}`;

/** Set of the shows that are open. */
export const OPEN_SHOWS_KEY = 'souk:open-shows';

/** Set of the shows whose timelines lie in Redis, open or not. */
export const TIMELINES_KEY = 'souk:timelines';
