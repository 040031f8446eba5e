import type { HeldMessage, OpenReport, ShowState } from '@souk/protocol/timeline/state';

/** Something that waits for a moderator; `key` tells it from everything else in the console. */
export type Waiting =
  | { readonly kind: 'held'; readonly key: string; readonly at: number; readonly message: HeldMessage }
  | { readonly kind: 'report'; readonly key: string; readonly at: number; readonly report: OpenReport };

/** Held messages and open reports, what waits longest first; without those whose ids were dealt with already. */
export function waitingOf(
  { held, reports }: Pick<ShowState, 'held' | 'reports'>,
  handled: ReadonlySet<string>,
): Waiting[] {
  const messages = held
    .filter(({ messageId }) => !handled.has(messageId))
    .map((message): Waiting => ({ kind: 'held', key: `held-${message.messageId}`, at: message.at, message }));
  const open = Object.values(reports)
    .filter(({ reportId }) => !handled.has(reportId))
    .map((report): Waiting => ({ kind: 'report', key: report.reportId, at: report.at, report }));
  return [...messages, ...open].sort((a, b) => a.at - b.at);
}

export interface Placed {
  readonly waiting: Waiting;
  /** Dealt with meanwhile; it keeps its place as long as the list is held still. */
  readonly isGone: boolean;
}

/** Those that are drawn keep their places, what is new comes below; for a list that somebody is about to press. */
export function keepPlaces(drawn: readonly Placed[], present: readonly Waiting[]): Placed[] {
  const byKey = new Map(present.map((waiting) => [waiting.key, waiting]));
  const kept = drawn.map(({ waiting }) => {
    const now = byKey.get(waiting.key);
    byKey.delete(waiting.key);
    return { waiting: now ?? waiting, isGone: now === undefined };
  });
  return [...kept, ...placed([...byKey.values()])];
}

export function placed(present: readonly Waiting[]): Placed[] {
  return present.map((waiting) => ({ waiting, isGone: false }));
}
