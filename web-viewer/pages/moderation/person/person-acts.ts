import type { Act } from '../../staff/acts/acts.ts';
import type { Standing } from '../../staff/messages/use-standing.ts';
import type { Subject } from './subject.ts';

/** What a press on a button of the card means. */
export type DeedName =
  | 'approve'
  | 'reject'
  | 'dismiss'
  | 'resolve'
  | 'delete'
  | 'pin'
  | 'mute'
  | 'unmute'
  | 'shadow-ban'
  | 'shadow-unban'
  | 'disconnect'
  | 'ban'
  | 'unban'
  | 'ban-merchant';

/** One key for each; those that undo each other share one, since only one of them is offered at a time. */
export const deedKeys = {
  approve: 'a',
  reject: 'r',
  dismiss: 'x',
  resolve: 'e',
  delete: 'd',
  pin: 'p',
  mute: 'm',
  unmute: 'u',
  'shadow-ban': 'h',
  'shadow-unban': 'h',
  disconnect: 'c',
  ban: 'b',
  unban: 'b',
  'ban-merchant': 'o',
} as const satisfies Record<DeedName, string>;

/** Those that ask once. */
export const dangerousDeeds: ReadonlySet<DeedName> = new Set(['ban-merchant']);

export interface Offer {
  readonly name: DeedName;
  readonly act: Act;
}

export interface OfferInput {
  readonly subject: Subject;
  /** Its message has been deleted. */
  readonly isGone: boolean;
  readonly standings: ReadonlySet<Standing>;
  /** The person belongs to the staff. */
  readonly isCrew: boolean;
  /** Host or merchant: whoever may ban from all shows, and delete what other staff said. */
  readonly amCrew: boolean;
  readonly muteSeconds: number;
  readonly reason: string;
}

/** Everything that can be done about the subject, in the order of its buttons. */
export function offersOf(input: OfferInput): Offer[] {
  const { isCrew, amCrew } = input;
  return [
    ...waitingOffers(input),
    ...(isCrew && !amCrew ? [] : messageOffers(input)),
    ...(isCrew ? [] : personOffers(input)),
  ];
}

function waitingOffers({ subject: { waiting }, reason }: OfferInput): Offer[] {
  if (waiting === null) return [];
  if (waiting.kind === 'held') {
    const { messageId } = waiting.message;
    return [
      { name: 'approve', act: { kind: 'approve', messageId, reason } },
      { name: 'reject', act: { kind: 'reject', messageId, reason } },
    ];
  }
  const { reportId } = waiting.report;
  return [
    { name: 'dismiss', act: { kind: 'dismiss', reportId } },
    { name: 'resolve', act: { kind: 'resolve', reportId } },
  ];
}

function messageOffers({ subject: { messageId, waiting }, isGone, reason }: OfferInput): Offer[] {
  if (messageId === null || isGone || waiting?.kind === 'held') return [];
  return [
    { name: 'delete', act: { kind: 'delete', messageId, reason } },
    { name: 'pin', act: { kind: 'pin', messageId } },
  ];
}

function personOffers({ subject, standings, amCrew, muteSeconds, reason }: OfferInput): Offer[] {
  const { person } = subject;
  const isBanned = standings.has('banned');
  return [
    standings.has('muted')
      ? { name: 'unmute', act: { kind: 'unmute', person } }
      : { name: 'mute', act: { kind: 'mute', person, seconds: muteSeconds, reason } },
    standings.has('shadow-banned')
      ? { name: 'shadow-unban', act: { kind: 'shadow-unban', person } }
      : { name: 'shadow-ban', act: { kind: 'shadow-ban', person, reason } },
    { name: 'disconnect', act: { kind: 'disconnect', person, reason } },
    isBanned
      ? { name: 'unban', act: { kind: 'unban', person } }
      : { name: 'ban', act: { kind: 'ban', scope: 'show', person, reason } },
    ...(amCrew && !isBanned
      ? [{ name: 'ban-merchant', act: { kind: 'ban', scope: 'merchant', person, reason } } as const]
      : []),
  ];
}

/** Whether the act settles a report about that person or message: then it is closed with it. */
export function settlesReport({ kind }: Act): boolean {
  return ['delete', 'mute', 'ban', 'shadow-ban', 'disconnect'].includes(kind);
}
