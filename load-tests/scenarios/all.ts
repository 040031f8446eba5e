import { fuzz } from '../fuzz/fuzz.ts';
import { browse } from './browse/browse.ts';
import { chatFanout } from './chat-fanout/chat-fanout.ts';
import { checkout } from './checkout/checkout.ts';
import { flashSale } from './flash-sale/flash-sale.ts';
import { glassToGlass } from './glass-to-glass/glass-to-glass.ts';
import { hubFuzz } from './hub-fuzz/hub-fuzz.ts';
import { join } from './join/join.ts';
import { mediaFanout } from './media-fanout/media-fanout.ts';
import { cuts } from './reconnect/cuts.ts';
import { reconnectStorm } from './reconnect/reconnect-storm.ts';
import type { Scenario } from './scenario.ts';
import { smoke } from './smoke.ts';
import { sync } from './sync/sync.ts';
import { tick } from './tick/tick.ts';
import { workerLoss } from './worker-loss/worker-loss.ts';

/** Every scenario that `npm run load` knows. */
export const scenarios: readonly Scenario[] = [
  smoke,
  flashSale,
  checkout,
  browse,
  fuzz,
  chatFanout,
  tick,
  reconnectStorm,
  cuts,
  hubFuzz,
  sync,
  mediaFanout,
  join,
  glassToGlass,
  workerLoss,
];
