import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import type { MediaServerConfig } from '../config.ts';
import type { SfuBackend } from '../sfu/sfu-backend.ts';
import type { OnAir } from '../stage/on-air.ts';
import type { ShowFollower } from '../stage/show-follower.ts';
import type { Feed } from './feed.ts';

export interface FeedDeps {
  readonly sfu: SfuBackend;
  readonly onAir: OnAir;
  readonly shows: ShowFollower;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The feeds that the configuration asks for. */
export function buildFeeds(_config: MediaServerConfig, _deps: FeedDeps): Feed[] {
  return [];
}
