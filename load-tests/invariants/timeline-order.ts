import { compareEntryIds } from '@souk/protocol/timeline/entries';
import type { Invariant, Violation } from './invariant.ts';
import { readTimelines } from './timelines.ts';

const name = 'timeline ids strictly rising';

/** Entries have one order, and each of them can be read. */
export const timelineOrder: Invariant = {
  name,
  async check({ redis }) {
    const timelines = await readTimelines(redis);
    return timelines.flatMap(({ showId, ids, malformed }): Violation[] => [
      ...findDisorder(ids).map((id) => ({
        invariant: name,
        subject: showId,
        detail: `${id} does not come after the entry before it`,
      })),
      ...malformed.map(({ id, fault }) => ({
        invariant: name,
        subject: showId,
        detail: `${id} cannot be read: ${fault}`,
      })),
    ]);
  },
};

/** The ids that are not above the one before them. */
export function findDisorder(ids: readonly string[]): string[] {
  return ids.filter((id, index) => {
    const former = ids[index - 1];
    return former !== undefined && compareEntryIds(former, id) >= 0;
  });
}
