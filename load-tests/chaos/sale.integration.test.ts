import { describe, expect, it } from 'vitest';
import { silentProgress } from '../world/progress.ts';
import { runChaos, saleParamsSchema } from './sale.ts';

/** Windows as short as they can be for what has to come up again within them. */
const params = { seed: 3, rounds: 5, holdSeconds: 5, paySeconds: 10 };

describe('a flash sale', () => {
  it('breaks no rule whoever is killed in the midst of it', { timeout: 480_000 }, async ({ signal }) => {
    const outcome = await runChaos(saleParamsSchema.parse(params), { progress: silentProgress, signal });
    expect(outcome.results['brokeOff']).toBeUndefined();
    expect(outcome.results['perRound']).toEqual(Array(5).fill(expect.objectContaining({ violations: 0 })));
    expect(outcome.results).toMatchObject({ rounds: 5, violations: 0 });
    expect(outcome.checks.filter(({ pass }) => !pass)).toEqual([]);
  });
});
