import type { PlannedRequest } from '../../generator/plan.ts';
import type { Buyer } from '../acts/sign-buyers.ts';

/** Who wants a unit, and how they ask for it. */
export interface Crowd {
  /** Those of the sale before. */
  readonly early: readonly Buyer[];
  readonly buyers: readonly Buyer[];
  /** What a buyer sends. */
  readonly body: string;
}

/** One request per buyer. */
export function ofCrowd(buyers: readonly Buyer[], path: string, body: string): PlannedRequest[] {
  return buyers.map(({ token }) => ({ kind: 'hold', method: 'POST', path, token, body }));
}
