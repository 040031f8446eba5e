import { browse } from './browse/browse.ts';
import { checkout } from './checkout/checkout.ts';
import { flashSale } from './flash-sale/flash-sale.ts';
import type { Scenario } from './scenario.ts';
import { smoke } from './smoke.ts';

/** Every scenario that `npm run load` knows. */
export const scenarios: readonly Scenario[] = [smoke, flashSale, checkout, browse];

/** The scenario of that name. Throws RangeError when there is none. */
export function getScenario(name: string): Scenario {
  const scenario = scenarios.find((candidate) => candidate.name === name);
  if (scenario === undefined) throw new RangeError(`there is no scenario ${name}`);
  return scenario;
}
