import { isStaff, type Role, type Tie } from '@souk/protocol/roles';
import type { ShowState } from '@souk/protocol/timeline/state';
import { AppError } from '@souk/runtime/app-error';
import type { Session } from '../../connection/session.ts';

/** Who wants to take part in a show, as rules look at it. */
export interface Speaker {
  readonly session: Session;
  /** Roles at this show. */
  readonly roles: ReadonlySet<Role>;
}

/** Throws AppError SHOW_NOT_LIVE, BANNED, or MUTED with the time that is left. The staff may always take part. */
export function assertMayTakePart(state: ShowState, { session, roles }: Speaker, now: number): void {
  if (state.status !== 'live') throw new AppError('SHOW_NOT_LIVE');
  if (isStaff(roles)) return;
  if (Object.hasOwn(state.bans, session.userId)) throw new AppError('BANNED');
  const mutedUntil = findOwn(state.mutes, session.userId) ?? 0;
  if (mutedUntil > now) throw new AppError('MUTED', { retryAfterMs: mutedUntil - now });
}

/**
 * Throws AppError as `assertMayTakePart`, and GUESTS_NOT_ALLOWED, FOLLOWERS_ONLY, BUYERS_ONLY; FORBIDDEN for an
 * announcement by others than the staff.
 */
export function assertMayChat(
  state: ShowState,
  speaker: Speaker,
  { kind, now }: { readonly kind: 'message' | 'announcement'; readonly now: number },
): void {
  assertMayTakePart(state, speaker, now);
  if (isStaff(speaker.roles)) return;
  if (kind === 'announcement') throw new AppError('FORBIDDEN');
  if (speaker.session.isGuest && state.facts?.policy.guestsMayChat !== true)
    throw new AppError('GUESTS_NOT_ALLOWED');
  assertBelongs(state, speaker.session);
}

function assertBelongs({ facts, chatPolicy }: ShowState, { ties }: Session): void {
  const has = (kind: Tie['kind']): boolean =>
    ties.some((tie) => tie.kind === kind && tie.merchantId === facts?.merchantId);
  switch (chatPolicy.who) {
    case 'everyone':
      return;
    case 'followers':
      if (!has('follower')) throw new AppError('FOLLOWERS_ONLY');
      return;
    case 'buyers':
      if (!has('buyer')) throw new AppError('BUYERS_ONLY');
  }
}

/** True when only the staff and the person see what the person says. */
export function isShadowBanned(state: ShowState, { session, roles }: Speaker): boolean {
  return !isStaff(roles) && Object.hasOwn(state.shadowBans, session.userId);
}

function findOwn<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
