import type { ShowId, UserId } from '@souk/protocol/ids';
import { canBecome, type ShowEndReason, type ShowStatus, showTransitions } from '@souk/protocol/states';
import { createEntry } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { type Database, inTransaction, type Tx } from '../db/database.ts';
import { writeAudit } from '../moderation/audit-log.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { ShowSales } from './ports.ts';
import { lockOpenShow, type ShowRow, updateShow } from './show-repository.ts';

/** Why a show ends, and on whose word; nobody's when the host is gone. */
export interface ShowEnd {
  readonly reason: ShowEndReason;
  readonly actorId?: UserId;
  /** Why, in the words of whoever ends it. */
  readonly note?: string;
}

export interface ShowLifecycle {
  /** Puts a show on air; one that is on air already stays so. Throws AppError SHOW_ENDED. */
  goLive(showId: ShowId): Promise<void>;
  /** Ends a show and its sales. Throws AppError SHOW_ENDED. */
  end(showId: ShowId, end: ShowEnd): Promise<void>;
  /** The same inside a transaction that holds the show's row. */
  endWithin(tx: Tx, show: ShowRow, end: ShowEnd): Promise<void>;
}

/** The command that ends a show so; without its host it ends by itself. */
const endings: Readonly<Record<ShowEndReason, string>> = {
  'ended-by-host': 'show:end',
  'ended-by-moderator': 'show:stop',
  'host-gone': 'show:host-gone',
};

/** The archive is made a little after the end, when the last entries (a stream that stops) have come. */
const ARCHIVE_DELAY_MS = 30_000;

export interface LifecycleDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly sales: ShowSales;
  readonly clock: Clock;
  /** How long a live show waits for its host. */
  readonly hostGoneMs: number;
}

export function createShowLifecycle({ db, outbox, sales, clock, hostGoneMs }: LifecycleDeps): ShowLifecycle {
  const lifecycle: ShowLifecycle = {
    goLive: (showId) =>
      inTransaction(db, async (tx) => {
        const show = await lockOpenShow(tx, showId);
        if (show.status === 'live') return;
        assertTransition(show.status, 'live');
        const now = clock.now();
        await updateShow(tx, showId, { status: 'live', liveSince: now });
        await outbox.publish(
          tx,
          { kind: 'timeline', showId, entry: createEntry('show:went-live', now, {}) },
          // Once a stream has started, media-server watches over the host; until then nobody else would.
          { kind: 'job', name: 'show-host-gone', payload: { showId, streamId: null }, delayMs: hostGoneMs },
        );
      }),
    end: (showId, end) =>
      inTransaction(db, async (tx) => lifecycle.endWithin(tx, await lockOpenShow(tx, showId), end)),
    async endWithin(tx, show, { reason, actorId, note = '' }) {
      assertTransition(show.status, 'ended');
      const now = clock.now();
      await sales.endSalesOfShow(tx, show.id);
      await updateShow(tx, show.id, {
        status: 'ended',
        endedAt: now,
        endReason: reason,
        pinnedProductId: null,
        pinnedCouponId: null,
      });
      if (actorId !== undefined)
        await writeAudit(tx, { at: now, actorId, action: endings[reason], showId: show.id, reason: note });
      await outbox.publish(
        tx,
        { kind: 'timeline', showId: show.id, entry: createEntry('show:ended', now, { reason }) },
        { kind: 'job', name: 'show-archive', payload: { showId: show.id }, delayMs: ARCHIVE_DELAY_MS },
      );
    },
  };
  return lifecycle;
}

function assertTransition(from: ShowStatus, to: ShowStatus): void {
  if (!canBecome(showTransitions, from, to)) throw new AppError('INVALID_TRANSITION');
}
