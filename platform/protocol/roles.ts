import { z } from 'zod';
import { merchantIdSchema, showIdSchema } from './ids.ts';

/** Every role, from the least to the most trusted. A person may hold several, each within a scope. */
export const roles = ['guest', 'viewer', 'moderator', 'host', 'merchant', 'admin'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

/** One role within one scope, as the access token carries it. Hosts and merchants act for one merchant, moderators in one show. */
export const grantSchema = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('guest'), scope: z.literal('platform') }),
  z.strictObject({ role: z.literal('viewer'), scope: z.literal('platform') }),
  z.strictObject({ role: z.literal('admin'), scope: z.literal('platform') }),
  z.strictObject({ role: z.literal('host'), scope: z.literal('merchant'), merchantId: merchantIdSchema }),
  z.strictObject({ role: z.literal('merchant'), scope: z.literal('merchant'), merchantId: merchantIdSchema }),
  z.strictObject({ role: z.literal('moderator'), scope: z.literal('show'), showId: showIdSchema }),
]);
export type Grant = z.infer<typeof grantSchema>;

/** What a command acts on: nothing in particular, a merchant's things, or one show (which has a merchant). */
export type Target =
  | { kind: 'platform' }
  | { kind: 'merchant'; merchantId: string }
  | { kind: 'show'; showId: string; merchantId: string };

/** The roles that these grants give at that target; an admin's and a guest's reach everywhere. */
export function rolesAt(grants: readonly Grant[], target: Target): Set<Role> {
  return new Set(grants.filter((grant) => reaches(grant, target)).map((grant) => grant.role));
}

function reaches(grant: Grant, target: Target): boolean {
  switch (grant.scope) {
    case 'platform':
      return true;
    case 'merchant':
      return target.kind !== 'platform' && target.merchantId === grant.merchantId;
    case 'show':
      return target.kind === 'show' && target.showId === grant.showId;
  }
}

/** Roles that see a show's staff entries and its console. */
export const staffRoles = ['moderator', 'host', 'merchant', 'admin'] as const satisfies readonly Role[];

/** True when one of the roles belongs to a show's staff. */
export function isStaff(held: ReadonlySet<Role>): boolean {
  return staffRoles.some((role) => held.has(role));
}

/** How a person stands to a shop: the hub asks for it where only followers or buyers may chat. */
export const tieSchema = z.strictObject({
  merchantId: merchantIdSchema,
  kind: z.enum(['follower', 'buyer']),
});
export type Tie = z.infer<typeof tieSchema>;

/** Payload of the access token (JWT, EdDSA, audience `souk`, 10 minutes). */
export const accessClaimsSchema = z.object({
  sub: z.string(),
  name: z.string(),
  grants: z.array(grantSchema).max(64),
  /** To the shop of the one show that was named when the token was asked for, as they were then; else none. */
  ties: z.array(tieSchema).max(64).default([]),
  exp: z.number(),
});
export type AccessClaims = z.infer<typeof accessClaimsSchema>;
/** What a token is made of; its end is the issuer's. */
export type NewAccessClaims = Omit<z.input<typeof accessClaimsSchema>, 'exp'>;

/** Payload of a media ticket (JWT, EdDSA, audience `souk-media`). */
export const mediaTicketClaimsSchema = z.object({
  sub: z.string(),
  showId: showIdSchema,
  can: z.enum(['publish', 'watch']),
  exp: z.number(),
});
export type MediaTicketClaims = z.infer<typeof mediaTicketClaimsSchema>;
