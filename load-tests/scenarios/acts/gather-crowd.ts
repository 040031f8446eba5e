import type { Session } from '@souk/protocol/http/auth';
import type { ShowId } from '@souk/protocol/ids';
import { type ApiClient, createApiClient } from '../../clients/api-client.ts';
import { connectHub, type HubClient } from '../../clients/hub-client.ts';
import type { ShowFollower } from '../../clients/show-follower.ts';
import type { World } from '../../world/world.ts';
import { inParallel } from './in-parallel.ts';

/** One guest in a show, connected to API and hub. */
export interface Guest {
  readonly api: ApiClient;
  readonly session: Session;
  readonly hub: HubClient;
  readonly follower: ShowFollower;
  /** From opening the connection to the snapshot, milliseconds. */
  readonly joinMs: number;
}

const AT_A_TIME = 20;

/** Lets that many guests come into the show. */
export function gatherCrowd(world: World, showId: ShowId, size: number): Promise<Guest[]> {
  const seats = Array.from({ length: size }, (_, index) => index);
  return inParallel(seats, AT_A_TIME, () => welcome(world, showId));
}

async function welcome(world: World, showId: ShowId): Promise<Guest> {
  const api = createApiClient(world.commerceUrl);
  const session = await api.renew();
  const startedAt = performance.now();
  const hub = await connectHub(world.signalingUrl, session.accessToken);
  const follower = await hub.join(showId);
  return { api, session, hub, follower, joinMs: performance.now() - startedAt };
}
