import type { Wishes } from './in-world.ts';

/** A house for scenarios of the hub, which start nodes of it themselves. All viewers come from one address. */
export const hubWishes: Wishes = {
  rateLimitFactor: 1_000,
  services: ['commerce'],
};
