import type { BanScope } from '@souk/protocol/chat';
import type { MessageId, ReportId, SaleId, ShowId, UserId } from '@souk/protocol/ids';
import { api } from '../../../api/session.ts';

/** Somebody to act on: the id, and the name for the words around it. */
export interface Person {
  readonly userId: UserId;
  readonly name: string;
}

interface OnPerson {
  readonly person: Person;
  readonly reason: string;
}

/** One thing that the staff of a show can do to keep order. */
export type Act =
  | {
      readonly kind: 'delete' | 'reject' | 'approve';
      readonly messageId: MessageId;
      readonly reason?: string;
    }
  | { readonly kind: 'pin' | 'unpin'; readonly messageId: MessageId }
  | { readonly kind: 'dismiss' | 'resolve'; readonly reportId: ReportId }
  | ({ readonly kind: 'mute'; readonly seconds: number } & OnPerson)
  | ({ readonly kind: 'ban'; readonly scope: BanScope } & OnPerson)
  | ({ readonly kind: 'shadow-ban' | 'disconnect' } & OnPerson)
  | { readonly kind: 'unmute' | 'unban' | 'shadow-unban'; readonly person: Person }
  | { readonly kind: 'stop-sale'; readonly saleId: SaleId; readonly reason: string };

export type ActKind = Act['kind'];

/** Sends the command of an act. Throws ApiError. What it changes comes back through the show's timeline. */
export async function sendAct(showId: ShowId, act: Act): Promise<void> {
  switch (act.kind) {
    case 'delete':
    case 'reject':
      await api.call('message:delete', {
        params: { showId, messageId: act.messageId },
        query: { reason: act.reason },
      });
      return;
    case 'approve':
      await api.call('message:approve', {
        params: { showId, messageId: act.messageId },
        body: { reason: act.reason },
      });
      return;
    case 'pin':
      await api.call('message:pin', { params: { showId }, body: { messageId: act.messageId } });
      return;
    case 'unpin':
      await api.call('message:unpin', { params: { showId } });
      return;
    case 'dismiss':
    case 'resolve':
      await api.call('report:resolve', {
        params: { showId, reportId: act.reportId },
        body: { outcome: act.kind === 'dismiss' ? 'dismissed' : 'acted' },
      });
      return;
    case 'stop-sale':
      await api.call('sale:stop', {
        params: { showId, saleId: act.saleId },
        body: { reason: act.reason },
      });
      return;
    default:
      await sendPersonAct(showId, act);
  }
}

async function sendPersonAct(showId: ShowId, act: Extract<Act, { person: Person }>): Promise<void> {
  const params = { showId, userId: act.person.userId };
  switch (act.kind) {
    case 'mute':
      await api.call('user:mute', { params, body: { seconds: act.seconds, reason: act.reason } });
      return;
    case 'ban':
      await api.call('user:ban', { params, body: { scope: act.scope, reason: act.reason } });
      return;
    case 'shadow-ban':
      await api.call('user:shadow-ban', { params, body: { reason: act.reason } });
      return;
    case 'disconnect':
      await api.call('user:disconnect', { params, body: { reason: act.reason } });
      return;
    case 'unmute':
      await api.call('user:unmute', { params });
      return;
    case 'unban':
      await api.call('user:unban', { params });
      return;
    case 'shadow-unban':
      await api.call('user:shadow-unban', { params });
  }
}

/** What takes an act back; undefined where nothing does: a deleted text is gone. */
export function undoOf(act: Act): Act | undefined {
  switch (act.kind) {
    case 'mute':
      return { kind: 'unmute', person: act.person };
    case 'ban':
      return { kind: 'unban', person: act.person };
    case 'shadow-ban':
      return { kind: 'shadow-unban', person: act.person };
    case 'shadow-unban':
      return { kind: 'shadow-ban', person: act.person, reason: '' };
    case 'pin':
      return { kind: 'unpin', messageId: act.messageId };
    case 'unpin':
      return { kind: 'pin', messageId: act.messageId };
    case 'approve':
      return { kind: 'delete', messageId: act.messageId };
    case 'delete':
    case 'reject':
    case 'dismiss':
    case 'resolve':
    case 'disconnect':
    case 'unmute':
    case 'unban':
    case 'stop-sale':
      return undefined;
  }
}
