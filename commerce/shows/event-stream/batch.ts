import type { StreamEndReason } from '@souk/protocol/http/timeline-stream';
import { compareEntryIds, type Entry, mayHear, type Onlooker, tellTo } from '@souk/protocol/timeline/entries';
import { formatEntry } from './format-events.ts';

/** New entries of one show, written out once for all readers who hear the same. */
export interface Batch {
  readonly entries: readonly Entry[];
  /** What this onlooker hears after an id. */
  textFor(onlooker: Onlooker, after: string): string;
  /** What these entries mean for the stream of this onlooker; undefined: it goes on. */
  endingFor(onlooker: Onlooker): StreamEndReason | undefined;
}

export function createBatch(epoch: string, entries: readonly Entry[]): Batch {
  const first = entries[0]?.id ?? '';
  const persons = new Set(entries.flatMap(({ audience }) => personOf(audience) ?? []));
  const decisive = entries.filter(({ type }) => decisiveTypes.has(type));
  const shared = new Map<boolean, string>();
  const write = (onlooker: Onlooker, after: string): string =>
    entries
      .filter(({ id, audience }) => compareEntryIds(id, after) > 0 && mayHear(audience, onlooker))
      .map((entry) => formatEntry(epoch, tellTo(entry, onlooker)))
      .join('');
  return {
    entries,
    textFor(onlooker, after) {
      if (persons.has(onlooker.userId) || compareEntryIds(after, first) >= 0) return write(onlooker, after);
      const text = shared.get(onlooker.isStaff) ?? write(onlooker, after);
      shared.set(onlooker.isStaff, text);
      return text;
    },
    endingFor(onlooker) {
      for (const entry of decisive) {
        const reason = endingOf(entry, onlooker);
        if (reason !== undefined) return reason;
      }
      return decisive.some(({ type }) => type === 'show:ended') ? 'show-ended' : undefined;
    },
  };
}

const decisiveTypes: ReadonlySet<Entry['type']> = new Set([
  'show:ended',
  'role:granted',
  'role:revoked',
  'user:banned',
  'users:banned',
  'user:disconnected',
]);

/** What this entry means for one person. */
function endingOf(entry: Entry, { userId, isStaff }: Onlooker): StreamEndReason | undefined {
  switch (entry.type) {
    case 'role:granted':
    case 'role:revoked':
      return entry.data.userId === userId ? 'rights-changed' : undefined;
    case 'user:banned':
      return entry.data.userId === userId && !isStaff ? 'banned' : undefined;
    case 'users:banned':
      return entry.data.userIds.some((banned) => banned === userId) && !isStaff ? 'banned' : undefined;
    case 'user:disconnected':
      return entry.data.userId === userId ? 'disconnected' : undefined;
    default:
      return undefined;
  }
}

function personOf(audience: string): string | undefined {
  const [, userId] = /user:(.+)$/.exec(audience) ?? [];
  return userId;
}
