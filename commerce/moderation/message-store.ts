import type { MessageId, ShowId } from '@souk/protocol/ids';
import type { Redis } from '@souk/runtime/redis';
import { timelineKeys } from '@souk/timeline/keys';
import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor } from '../db/database.ts';
import { timelineEntries } from '../db/schema/outbox.ts';

/** Where the texts of chat messages lie: the show's Redis Stream and the archive. */
export interface MessageStore {
  exists(showId: ShowId, messageId: MessageId): Promise<boolean>;
  /** Takes the text out of both. May run again. */
  redact(showId: ShowId, messageId: MessageId): Promise<void>;
}

const PAGE_ENTRIES = 500;
const streamPage = z.array(z.tuple([z.string(), z.array(z.string())]));

export function createMessageStore({ orm, redis }: { orm: Executor; redis: Redis }): MessageStore {
  return {
    async exists(showId, messageId) {
      if ((await findStreamEntry(redis, showId, messageId)) !== undefined) return true;
      const [archived] = await orm
        .select({ entryId: timelineEntries.entryId })
        .from(timelineEntries)
        .where(isMessage(showId, messageId))
        .limit(1);
      return archived !== undefined;
    },
    async redact(showId, messageId) {
      const entryId = await findStreamEntry(redis, showId, messageId);
      if (entryId !== undefined) await redis.xdel(timelineKeys.timeline(showId), entryId);
      await orm.delete(timelineEntries).where(isMessage(showId, messageId));
    },
  };
}

function isMessage(showId: ShowId, messageId: MessageId) {
  return and(
    eq(timelineEntries.showId, showId),
    eq(timelineEntries.type, 'chat:sent'),
    sql`${timelineEntries.data} ->> 'messageId' = ${messageId}`,
  );
}

/** Looks from the newest entry back: what is deleted was mostly said a moment ago. */
async function findStreamEntry(
  redis: Redis,
  showId: ShowId,
  messageId: MessageId,
): Promise<string | undefined> {
  const key = timelineKeys.timeline(showId);
  for (let before = '+'; ; ) {
    const page = streamPage.parse(await redis.xrevrange(key, before, '-', 'COUNT', PAGE_ENTRIES));
    const found = page.find(
      ([, fields]) => fields.includes('chat:sent') && fields.some((field) => hasId(field, messageId)),
    );
    if (found !== undefined) return found[0];
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE_ENTRIES) return undefined;
    before = `(${last[0]}`;
  }
}

const identified = z.object({ messageId: z.string() });

function hasId(field: string, messageId: MessageId): boolean {
  // The cheap test first: only the one field that holds the id is parsed.
  return field.includes(messageId) && identified.safeParse(JSON.parse(field)).data?.messageId === messageId;
}
