import { describe, expect, it } from 'vitest';
import { createId } from './ids.ts';
import { type Grant, isStaff, rolesAt } from './roles.ts';

const [merchantId, otherMerchant] = [createId('merchant'), createId('merchant')];
const [showId, otherShow] = [createId('show'), createId('show')];
const here = { kind: 'show', showId, merchantId } as const;

describe('roles', () => {
  it('of the platform hold everywhere', () => {
    const grants: Grant[] = [{ role: 'admin', scope: 'platform' }];
    for (const target of [here, { kind: 'merchant', merchantId }, { kind: 'platform' }] as const) {
      expect(rolesAt(grants, target)).toEqual(new Set(['admin']));
    }
  });

  it('of a merchant hold at that merchant and its shows, and nowhere else', () => {
    const grants: Grant[] = [{ role: 'host', scope: 'merchant', merchantId }];
    expect(rolesAt(grants, here).has('host')).toBe(true);
    expect(rolesAt(grants, { kind: 'merchant', merchantId }).has('host')).toBe(true);
    expect(rolesAt(grants, { kind: 'platform' }).size).toBe(0);
    expect(rolesAt(grants, { ...here, merchantId: otherMerchant }).size).toBe(0);
  });

  it('of a moderator hold in that show only', () => {
    const grants: Grant[] = [{ role: 'moderator', scope: 'show', showId }];
    expect(isStaff(rolesAt(grants, here))).toBe(true);
    expect(rolesAt(grants, { ...here, showId: otherShow }).size).toBe(0);
    expect(rolesAt(grants, { kind: 'merchant', merchantId }).size).toBe(0);
  });

  it('of viewers and guests are not staff', () => {
    const grants: Grant[] = [
      { role: 'viewer', scope: 'platform' },
      { role: 'guest', scope: 'platform' },
    ];
    expect(isStaff(rolesAt(grants, here))).toBe(false);
  });
});
