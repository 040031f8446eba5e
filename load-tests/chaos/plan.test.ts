import { describe, expect, it } from 'vitest';
import { crashPoints, planRounds, type Strike, victims } from './plan.ts';

const strikesOf = (seed: number, rounds: number): Strike[] =>
  planRounds(seed, rounds).flatMap(({ strikes }) => strikes);
const pointsOf = (strikes: readonly Strike[]) =>
  new Set(strikes.flatMap((strike) => (strike.kind === 'point' ? [strike.point] : [])));
const victimsOf = (strikes: readonly Strike[]) =>
  new Set(strikes.flatMap((strike) => (strike.kind === 'random' ? [strike.victim] : [])));

describe('the plan of a chaos run', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(planRounds(7, 30)).toEqual(planRounds(7, 30));
    expect(planRounds(7, 30)).not.toEqual(planRounds(8, 30));
  });

  it.each([1, 2, 3, 42])('visits every point and every victim within eleven rounds of seed %i', (seed) => {
    const strikes = strikesOf(seed, 11);
    expect(pointsOf(strikes)).toEqual(new Set(crashPoints));
    expect(victimsOf(strikes)).toEqual(new Set(victims));
  });

  it.each([1, 2, 3, 42])(
    'visits every point and every victim in five rounds of seed %i, commerce at the points',
    (seed) => {
      const strikes = strikesOf(seed, 5);
      expect(pointsOf(strikes)).toEqual(new Set(crashPoints));
      expect(victimsOf(strikes)).toEqual(new Set(victims.filter((victim) => victim !== 'commerce')));
    },
  );

  it('has at most two strikes in a round', () => {
    expect(Math.max(...planRounds(1, 60).map(({ strikes }) => strikes.length))).toBe(2);
  });
});
