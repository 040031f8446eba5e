import { createRandom, type Random } from '@souk/protocol/testing/random';

/** Moments of a purchase at which a process ends itself; commerce names them in `crash-seam.ts`. */
export const crashPoints = [
  'after-hold',
  'after-claim',
  'after-charge',
  'before-relay',
  'between-webhook-and-mark',
] as const;
export type CrashPoint = (typeof crashPoints)[number];

/** What is killed: a whole server or service, one backend of PostgreSQL, or Redis together with all that it has written. */
export const victims = [
  'commerce',
  'workers',
  'redis',
  'redis-with-data',
  'postgres',
  'postgres-backend',
] as const;
export type Victim = (typeof victims)[number];

/** One `kill -9`. At a named point the victim is whoever gets there. */
export type Strike =
  | { readonly kind: 'point'; readonly point: CrashPoint }
  /** At a moment within the rush, `afterMs` from its beginning. */
  | { readonly kind: 'random'; readonly victim: Victim; readonly afterMs: number };

export interface RoundPlan {
  /** The seed of this round alone. */
  readonly seed: string;
  readonly strikes: readonly Strike[];
}

const STRIKES_MAX = 2;
/** A strike by chance comes within this time, or earlier when few checkouts are left. */
const RUSH_MS = 2_000;
/** How often a round beyond the first ones has two strikes. */
const DOUBLE_SHARE = 0.3;

/**
 * The rounds of a seed. The first ones visit every point and every victim, if need be two in one round: one at a named
 * point, one at a moment by chance. What comes after them is chance alone.
 */
export function planRounds(seed: number, rounds: number): RoundPlan[] {
  const random = createRandom(`chaos/${seed}`);
  // Named points kill commerce anyway: where there is little room, it comes last.
  const others = random.shuffle(victims.filter((victim) => victim !== 'commerce'));
  const atRandom = [...others, 'commerce' as const].map((victim) => strikeAt(random, victim));
  const atPoints = random.shuffle(crashPoints).map((point): Strike => ({ kind: 'point', point }));
  const isTight = rounds < atPoints.length + atRandom.length;
  const first = isTight
    ? pair(atPoints, atRandom)
    : random.shuffle([...atPoints, ...atRandom]).map((strike) => [strike]);
  return Array.from({ length: rounds }, (_, index) => ({
    seed: `${seed}/${index + 1}`,
    strikes: first[index] ?? anyStrikes(random),
  }));
}

function strikeAt(random: Random, victim: Victim): Strike {
  return { kind: 'random', victim, afterMs: random.between(0, RUSH_MS) };
}

function pair(some: readonly Strike[], others: readonly Strike[]): Strike[][] {
  const length = Math.max(some.length, others.length);
  return Array.from({ length }, (_, index) => [
    ...some.slice(index, index + 1),
    ...others.slice(index, index + 1),
  ]);
}

function anyStrikes(random: Random): Strike[] {
  const count = random.next() < DOUBLE_SHARE ? STRIKES_MAX : 1;
  const named: Strike = { kind: 'point', point: random.pick(crashPoints) };
  const unnamed = strikeAt(random, random.pick(victims));
  if (count === STRIKES_MAX) return [named, unnamed];
  return [random.next() < crashPoints.length / (crashPoints.length + victims.length) ? named : unnamed];
}

/** A strike in words, for reports. */
export function describeStrike(strike: Strike): string {
  return strike.kind === 'point' ? strike.point : `${strike.victim} at ${strike.afterMs} ms`;
}
