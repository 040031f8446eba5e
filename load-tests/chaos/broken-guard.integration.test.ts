import { describe, expect, it } from 'vitest';
import { silentProgress } from '../world/progress.ts';
import { planRounds } from './plan.ts';
import { runChaos, saleParamsSchema } from './sale.ts';

/** The first seed whose round dies between the claim and telling Redis of it, and leaves Redis alone. */
function seedOfDeathAfterClaim(): number {
  const seeds = Array.from({ length: 1_000 }, (_, seed) => seed);
  const found = seeds.find((seed) => {
    const strikes = planRounds(seed, 1).flatMap((round) => round.strikes);
    const isAfterClaim = strikes.some((strike) => strike.kind === 'point' && strike.point === 'after-claim');
    return isAfterClaim && strikes.every((strike) => strike.kind === 'point' || strike.victim === 'workers');
  });
  if (found === undefined) throw new Error('no seed has such a round');
  return found;
}

describe('the chaos runner', () => {
  it('is red when the guard of claims is broken', { timeout: 480_000 }, async ({ signal }) => {
    const params = saleParamsSchema.parse({
      ...{ seed: seedOfDeathAfterClaim(), rounds: 1, nodes: 1, breakClaimGuard: 1 },
      ...{ saleSeconds: 6, holdSeconds: 5, paySeconds: 10 },
    });
    const outcome = await runChaos(params, { progress: silentProgress, signal });
    expect(outcome.results['violations']).toBeGreaterThan(0);
    expect(JSON.stringify(outcome.results['perRound'])).toContain('claimed holds have an order');
    expect(outcome.checks.find(({ name }) => name === 'violations')?.pass).toBe(false);
  });
});
