import { createId } from '@souk/protocol/ids';
import type { Role } from '@souk/protocol/roles';
import { describe, expect, it } from 'vitest';
import { type DeedKind, mayActOn, type Standing } from './may-act-on.ts';

const roles = ['guest', 'viewer', 'moderator', 'host', 'merchant', 'admin'] as const;
const actors = ['moderator', 'host', 'merchant', 'admin'] as const;
const person = (...held: Role[]): Standing => ({ userId: createId('user'), roles: new Set(held) });

/** On whom each of the staff may act. */
const allowed: Readonly<Record<DeedKind, Readonly<Record<(typeof actors)[number], readonly Role[]>>>> = {
  sanction: {
    moderator: ['guest', 'viewer'],
    host: ['guest', 'viewer'],
    merchant: ['guest', 'viewer'],
    admin: ['guest', 'viewer'],
  },
  'remove-message': {
    moderator: ['guest', 'viewer'],
    host: roles,
    merchant: roles,
    admin: roles,
  },
};

const cases = (['sanction', 'remove-message'] as const).flatMap((kind) =>
  actors.flatMap((actor) => roles.map((target) => [kind, actor, target] as const)),
);

describe('a deed', () => {
  it.each(cases)('%s of a %s on a %s is allowed by the table only', (kind, actor, target) => {
    const verdict = mayActOn(kind, person(actor), person(target));
    expect(verdict).toBe(allowed[kind][actor].includes(target));
  });

  it('reaches nobody who has a role of the staff among others', () => {
    expect(mayActOn('sanction', person('moderator'), person('viewer', 'moderator'))).toBe(false);
  });

  it('takes away what moderators said themselves, and sanctions not even them', () => {
    const moderator = person('viewer', 'moderator');
    expect(mayActOn('remove-message', moderator, moderator)).toBe(true);
    expect(mayActOn('sanction', moderator, moderator)).toBe(false);
  });
});
