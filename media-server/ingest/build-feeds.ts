import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import type { MediaServerConfig } from '../config.ts';
import type { SfuBackend } from '../sfu/sfu-backend.ts';
import type { OnAir } from '../stage/on-air.ts';
import type { ShowFollower } from '../stage/show-follower.ts';
import { createDemoFeed } from './demo/demo-feed.ts';
import { createDemoShowSource } from './demo/demo-show.ts';
import type { Feed } from './feed.ts';

export interface FeedDeps {
  readonly sfu: SfuBackend;
  readonly onAir: OnAir;
  readonly shows: ShowFollower;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The feeds that the configuration asks for. */
export function buildFeeds(config: MediaServerConfig, deps: FeedDeps): Feed[] {
  const { SOUK_DEMO, COMMERCE_INTERNAL_URL: commerceUrl, SOUK_SERVICE_SECRET: serviceSecret } = config;
  if (!SOUK_DEMO || commerceUrl === undefined) return [];
  const source = createDemoShowSource({ commerceUrl, serviceSecret, clock: deps.clock });
  return [createDemoFeed({ ...deps, source, cacheDir: config.MEDIA_CACHE_DIR })];
}
