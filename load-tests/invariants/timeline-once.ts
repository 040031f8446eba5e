import type { Entry } from '@souk/protocol/timeline/entries';
import type { Invariant, Violation } from './invariant.ts';
import { readTimelines } from './timelines.ts';

const name = 'each fact in the timeline once';

/** What happens once is told once: nothing was delivered twice. */
export const timelineOnce: Invariant = {
  name,
  async check({ redis }) {
    const timelines = await readTimelines(redis);
    return timelines.flatMap(({ showId, entries }) =>
      findRepeats(entries).map(
        (fact): Violation => ({ invariant: name, subject: showId, detail: `${fact} stands there again` }),
      ),
    );
  },
};

/** The facts that are told more than once. */
export function findRepeats(entries: readonly Entry[]): string[] {
  const seen = new Set<string>();
  return entries.flatMap((entry) => {
    const fact = factOf(entry);
    if (fact === undefined || !seen.has(fact)) {
      if (fact !== undefined) seen.add(fact);
      return [];
    }
    return [fact];
  });
}

/** The name of a fact that can happen once in a show; undefined for what may happen again. */
function factOf(entry: Entry): string | undefined {
  switch (entry.type) {
    case 'show:created':
    case 'show:went-live':
    case 'show:ended':
      return entry.type;
    case 'stream:started':
    case 'stream:stopped':
      return `${entry.type} ${entry.data.streamId}`;
    case 'sale:scheduled':
    case 'sale:announced':
    case 'sale:started':
    case 'sale:ended':
      return `${entry.type} ${entry.data.saleId}`;
    case 'chat:sent':
    case 'chat:deleted':
      return `${entry.type} ${entry.data.messageId}`;
    case 'hold:ended':
      return `${entry.type} ${entry.data.holdId}`;
    case 'order:changed':
      return `${entry.type} ${entry.data.orderId} ${entry.data.status}`;
    case 'payment:declined':
      // One for each card that the buyer tries; told twice, it would be of the same instant.
      return `${entry.type} ${entry.data.orderId} at ${entry.at}`;
    default:
      return undefined;
  }
}
