import { z } from 'zod';
import {
  anyone,
  type HttpCommandSpec,
  loginRate,
  sharedAddressRate,
  slowRate,
} from '../commands/command-spec.ts';
import { showIdSchema, userIdSchema } from '../ids.ts';
import { limits } from '../limits.ts';
import { grantSchema } from '../roles.ts';

export const emailSchema = z.string().trim().toLowerCase().max(254).pipe(z.email());
export const passwordSchema = z.string().min(8).max(200);
export const displayNameSchema = z.string().trim().min(1).max(limits.displayNameLength);

export const sessionSchema = z.strictObject({
  userId: userIdSchema,
  name: z.string(),
  /** Absent for guests. Only ever sent to the person it belongs to. */
  email: z.string().optional(),
  grants: z.array(grantSchema),
  accessToken: z.string(),
  /** Server wall-clock milliseconds. */
  expiresAt: z.int(),
});
/** Who the caller is, and the token that proves it to the API and the hub. */
export type Session = z.infer<typeof sessionSchema>;

/** With a show, the token tells how its owner stands to the shop of that show (`ties`); without one, of no shop. */
const tokenQuery = z.strictObject({ showId: showIdSchema.optional() });

export const authCommands = {
  'auth:register': {
    via: 'http',
    summary: 'Make an account and log in.',
    method: 'POST',
    path: '/api/auth/register',
    roles: 'public',
    scope: 'platform',
    rate: loginRate,
    query: tokenQuery,
    body: z.strictObject({ email: emailSchema, password: passwordSchema, name: displayNameSchema }),
    response: sessionSchema,
  },
  'auth:login': {
    via: 'http',
    summary: 'Log in with e-mail and password; sets the session cookie.',
    method: 'POST',
    path: '/api/auth/login',
    roles: 'public',
    scope: 'platform',
    rate: loginRate,
    query: tokenQuery,
    body: z.strictObject({ email: emailSchema, password: z.string().min(1).max(200) }),
    response: sessionSchema,
  },
  'auth:token': {
    via: 'http',
    summary: 'A fresh access token for the session cookie; without one, a guest session begins.',
    method: 'POST',
    path: '/api/auth/token',
    roles: 'public',
    scope: 'platform',
    rate: sharedAddressRate,
    query: tokenQuery,
    response: sessionSchema,
  },
  'auth:logout': {
    via: 'http',
    summary: 'End the session.',
    method: 'POST',
    path: '/api/auth/logout',
    roles: 'public',
    scope: 'platform',
    rate: sharedAddressRate,
    response: z.strictObject({}),
  },
  'auth:rename': {
    via: 'http',
    summary: 'Choose the display name that the chat shows.',
    method: 'PUT',
    path: '/api/auth/name',
    roles: anyone,
    scope: 'platform',
    rate: slowRate,
    query: tokenQuery,
    body: z.strictObject({ name: displayNameSchema }),
    response: sessionSchema,
  },
} as const satisfies Record<string, HttpCommandSpec>;
