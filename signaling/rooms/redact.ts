import type { Entry } from '@souk/protocol/timeline/entries';

/** The messages that this entry takes away. */
export function removedBy(entry: Entry): readonly string[] {
  if (entry.type === 'chat:deleted') return [entry.data.messageId];
  return entry.type === 'chat:purged' ? entry.data.messageIds : [];
}

/** The entries without those that carry the text of one of these messages. */
export function withoutTexts(entries: readonly Entry[], messageIds: ReadonlySet<string>): Entry[] {
  return messageIds.size === 0 ? [...entries] : entries.filter((entry) => !carriesText(entry, messageIds));
}

/** The entries without the texts that later ones among them take away. */
export function redact(entries: readonly Entry[]): Entry[] {
  return withoutTexts(entries, new Set(entries.flatMap(removedBy)));
}

function carriesText(entry: Entry, messageIds: ReadonlySet<string>): boolean {
  switch (entry.type) {
    case 'chat:sent':
    case 'chat:held':
    case 'chat:pinned':
      return messageIds.has(entry.data.messageId);
    default:
      return false;
  }
}
