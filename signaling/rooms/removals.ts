import type { Removed } from '@souk/protocol/commands/frames';
import type { Entry } from '@souk/protocol/timeline/entries';

export interface Removal {
  readonly userIds: readonly string[];
  readonly reason: Removed['reason'];
}

/** Whom an entry sends out of the room. */
export function findRemoval(entry: Entry): Removal | undefined {
  switch (entry.type) {
    case 'user:banned':
      return { userIds: [entry.data.userId], reason: 'banned' };
    case 'users:banned':
      return { userIds: entry.data.userIds, reason: 'banned' };
    case 'user:disconnected':
      return { userIds: [entry.data.userId], reason: 'disconnected' };
    default:
      return undefined;
  }
}
