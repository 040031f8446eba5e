import { AppError } from '@souk/runtime/app-error';
import { describe, expect, it } from 'vitest';
import { createAdmission } from './admission.ts';

function refusalOf(act: () => void): AppError | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

describe('admission', () => {
  it('lets in no more than its rate, and spreads those who come back over the time that it needs', () => {
    const clock = { at: 1_000, now: () => clock.at };
    const admission = createAdmission({ perSecond: 100, clock, random: () => 0.5 });
    const refusals = Array.from({ length: 400 }, () => refusalOf(admission.assertAdmits));
    expect(refusals.slice(0, 100).every((refusal) => refusal === undefined)).toBe(true);
    const waits = refusals.slice(100).map((refusal) => refusal?.retryAfterMs ?? 0);
    expect(refusals[100]?.code).toBe('OVERLOADED');
    expect([waits.at(0), waits.at(-1)]).toEqual([270, 3_260]);
    expect(waits.every((wait, index) => index === 0 || wait > (waits[index - 1] ?? 0))).toBe(true);
  });

  it('lets everybody in again after a while, and forgets the line', () => {
    const clock = { at: 1_000, now: () => clock.at };
    const admission = createAdmission({ perSecond: 10, clock, random: () => 0 });
    for (let asked = 0; asked < 50; asked += 1) refusalOf(admission.assertAdmits);
    clock.at += 60_000;
    expect(refusalOf(admission.assertAdmits)).toBeUndefined();
    for (let asked = 0; asked < 9; asked += 1) admission.assertAdmits();
    expect(refusalOf(admission.assertAdmits)?.retryAfterMs).toBe(200);
  });
});
