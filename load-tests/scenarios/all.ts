import { fuzz } from '../fuzz/fuzz.ts';
import { browse } from './browse/browse.ts';
import { checkout } from './checkout/checkout.ts';
import { flashSale } from './flash-sale/flash-sale.ts';
import type { Scenario } from './scenario.ts';
import { smoke } from './smoke.ts';

/** Every scenario that `npm run load` knows. */
export const scenarios: readonly Scenario[] = [smoke, flashSale, checkout, browse, fuzz];
