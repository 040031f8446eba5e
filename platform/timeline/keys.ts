import type { ShowId } from '@souk/protocol/ids';

/** A show's keys share one hash tag, so that a script may touch several of them on Redis Cluster too. */
const ofShow = (showId: ShowId, part: string): string => `souk:{${showId}}:${part}`;

export const timelineKeys = {
  timeline: (showId: ShowId): string => ofShow(showId, 'timeline'),
  epoch: (showId: ShowId): string => ofShow(showId, 'epoch'),
  dedupe: (showId: ShowId, dedupeKey: string): string => ofShow(showId, `dedupe:${dedupeKey}`),
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
