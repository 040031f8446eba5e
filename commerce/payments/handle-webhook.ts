import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import type { CrashSeam } from '../crash-seam.ts';
import { type Database, inTransaction, type Tx } from '../db/database.ts';
import { paymentEvents } from '../db/schema/orders.ts';
import type { Consequence, FollowUp } from '../orders/aftermath.ts';
import { lockOrder } from '../orders/order-repository.ts';
import { type ApplyEventDeps, applyEvent } from './apply-event.ts';
import { findOrderOfPayment, markPaidAtOnce } from './mark-paid.ts';
import { noteDispute } from './note-dispute.ts';
import { refreshPayee } from './payees/payees.ts';
import type { PaymentEvent, PaymentGateway, WebhookHeaders } from './payment-gateway.ts';

export interface WebhookDeps extends ApplyEventDeps {
  readonly db: Database;
  readonly gateway: PaymentGateway;
  readonly followUp: FollowUp;
  readonly crash: CrashSeam;
  readonly clock: Clock;
}

/**
 * Takes a webhook in, as raw bytes. Throws AppError NOT_FOUND for a gateway that is not in use, and
 * INVALID_WEBHOOK_SIGNATURE; nothing has changed then.
 */
export type HandleWebhook = (gateway: string, rawBody: Buffer, headers: WebhookHeaders) => Promise<void>;

type KnownEvent = Exclude<PaymentEvent, { kind: 'ignored' }>;
type NotedEvent = Exclude<KnownEvent, { kind: 'payee-changed' }>;

/** Webhooks come late, twice and in any order: each is taken in once, and moves states only where the tables allow it. */
export function createHandleWebhook(deps: WebhookDeps): HandleWebhook {
  return async (gateway, rawBody, headers) => {
    if (gateway !== deps.gateway.name) throw new AppError('NOT_FOUND');
    const event = deps.gateway.parseWebhook(rawBody, headers);
    if (event.kind === 'ignored') return;
    await deps.followUp(await takeIn(deps, event));
    deps.logger.info({ event: 'payment-event', kind: event.kind, eventId: event.eventId });
  };
}

async function takeIn(deps: WebhookDeps, event: KnownEvent): Promise<Consequence[]> {
  if (event.kind === 'payee-changed') {
    await refreshPayee(deps, event.payee);
    return [];
  }
  if (event.kind === 'disputed')
    return inTransaction(deps.db, async (tx) => {
      if (await isNew(deps, tx, event)) await noteDispute(deps, tx, event);
      return [];
    });
  const { name: gateway } = deps.gateway;
  const order = await findOrderOfPayment(deps.db, event.paymentId, gateway);
  if (order === undefined) {
    deps.logger.warn({ event: 'payment-unknown', paymentId: event.paymentId });
    return [];
  }
  deps.crash.reach('between-webhook-and-mark');
  const { dispatchDelayMs } = deps;
  const paid = { ...event, gateway, key: keyOf(deps, event) };
  const timing = { now: deps.clock.now(), dispatchDelayMs };
  if (event.kind === 'succeeded' && (await markPaidAtOnce(deps.db, paid, order, timing))) return [];
  return inTransaction(deps.db, async (tx) => {
    if (!(await isNew(deps, tx, event))) return [];
    return applyEvent(deps, tx, event, await lockOrder(tx, order.id), deps.clock.now());
  });
}

const keyOf = ({ gateway }: WebhookDeps, { eventId }: NotedEvent): string => `${gateway.name}:${eventId}`;

/** Notes the event; false when it was taken in before. */
async function isNew(deps: WebhookDeps, tx: Tx, event: NotedEvent): Promise<boolean> {
  const made = await tx
    .insert(paymentEvents)
    .values({
      id: keyOf(deps, event),
      gateway: deps.gateway.name,
      kind: event.kind,
      gatewayRef: event.gatewayRef,
      receivedAt: deps.clock.now(),
    })
    .onConflictDoNothing()
    .returning({ id: paymentEvents.id });
  return made.length > 0;
}
