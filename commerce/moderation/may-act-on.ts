import { showCrew } from '@souk/protocol/commands/command-spec';
import type { UserId } from '@souk/protocol/ids';
import { isStaff, type Role } from '@souk/protocol/roles';

/** `sanction`: mute, ban, shadow-ban or send somebody out. `remove-message`: take away what somebody said. */
export type DeedKind = 'sanction' | 'remove-message';

/** A person with the roles that the person has at the show. */
export interface Standing {
  readonly userId: UserId;
  readonly roles: ReadonlySet<Role>;
}

/**
 * The one rule of who may act on whom, among those who may use the command at all. The staff is nobody's to sanction: a
 * moderator's role is taken back first. What the staff says, the crew and whoever said it may remove.
 */
export function mayActOn(kind: DeedKind, actor: Standing, target: Standing): boolean {
  if (!isStaff(target.roles)) return true;
  return kind === 'remove-message' && (isCrew(actor) || actor.userId === target.userId);
}

/** True for whoever runs the show: its host, the shop, the house. */
export function isCrew({ roles }: Standing): boolean {
  return showCrew.some((role) => roles.has(role));
}
