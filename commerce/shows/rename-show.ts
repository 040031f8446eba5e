import type { ShowId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import type { Clock } from '@souk/runtime/clock';
import { type Database, inTransaction } from '../db/database.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { lockOpenShow, updateShow } from './show-repository.ts';

export type RenameShow = (showId: ShowId, title: string) => Promise<void>;

/** Gives shows another title; the present one again changes nothing. Throws AppError SHOW_NOT_FOUND, SHOW_ENDED. */
export function createRenameShow(deps: { db: Database; outbox: Outbox; clock: Clock }): RenameShow {
  const { db, outbox, clock } = deps;
  return (showId, title) =>
    inTransaction(db, async (tx) => {
      const show = await lockOpenShow(tx, showId);
      if (show.title === title) return;
      await updateShow(tx, showId, { title });
      const entry = createEntry('show:renamed', clock.now(), { title });
      await outbox.publish(tx, { kind: 'timeline', showId, entry });
    });
}
