import { describe, expect, it } from 'vitest';
import { createId, type IdKind, idPrefixes, isGuestId, showIdSchema, userIdSchema } from './ids.ts';

describe('ids', () => {
  it('carry the prefix of their kind, and no two kinds share one', () => {
    const kinds = Object.keys(idPrefixes) as IdKind[];
    for (const kind of kinds)
      expect(createId(kind)).toMatch(new RegExp(`^${idPrefixes[kind]}_[0-9a-z]{20}$`));
    expect(new Set(Object.values(idPrefixes)).size).toBe(kinds.length);
  });

  it('are accepted by their own schema and refused by others', () => {
    expect(showIdSchema.safeParse(createId('show')).success).toBe(true);
    for (const wrong of [
      createId('user'),
      'shw_',
      'shw_UPPERCASEUPPERCASE00',
      `${createId('show')}x`,
      'shw_i',
    ]) {
      expect(showIdSchema.safeParse(wrong).success).toBe(false);
    }
  });

  it('never hold a letter that is easily misread', () => {
    const bodies = Array.from({ length: 500 }, () => createId('hold').slice(4)).join('');
    expect(bodies).not.toMatch(/[ilou]/);
  });

  it('tell guests from users', () => {
    const [guest, user] = [createId('guest'), createId('user')];
    expect([isGuestId(guest), isGuestId(user)]).toEqual([true, false]);
    for (const id of [guest, user]) expect(userIdSchema.safeParse(id).success).toBe(true);
  });
});
