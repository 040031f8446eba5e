import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import type { Redis } from '@souk/runtime/redis';
import type { TokenSigner } from '@souk/runtime/tokens';
import { createTokenVerifier } from '@souk/runtime/tokens';
import type { Timeline } from '@souk/timeline/timeline';
import { createSessionIssuer } from './accounts/issue-session.ts';
import { createMerchantRoutes } from './accounts/merchant-routes.ts';
import { createPasswordHasher } from './accounts/password-hasher.ts';
import { createRegisterUser } from './accounts/register-user.ts';
import { createRoleFinder, type RoleFinder } from './accounts/role-finder.ts';
import { createAccountsRoutes } from './accounts/routes.ts';
import { createSetPolicy } from './accounts/set-policy.ts';
import { createStreamKeyRoutes } from './broadcast/routes.ts';
import { createStreamKeys } from './broadcast/stream-keys.ts';
import { createCommunityRooms } from './community/create-community-rooms.ts';
import type { ReviewSettings } from './community/review/review-settings.ts';
import type { Database } from './db/database.ts';
import type { HandlersOf, RouteHandlers } from './http/route-handlers.ts';
import type { BanGuard } from './moderation/ban-guard.ts';
import { createModerationRooms } from './moderation/create-moderation-rooms.ts';
import type { MessageStore } from './moderation/message-store.ts';
import type { ModeratorRoster } from './moderation/moderator-roster.ts';
import type { Outbox } from './outbox/outbox.ts';
import { createRecordingManager } from './recordings/manage-recordings.ts';
import type { Retention } from './recordings/retention.ts';
import { createRecordingRoutes } from './recordings/routes.ts';
import { type CreateShow, createCreateShow } from './shows/create-show.ts';
import { createPins, type Pins } from './shows/pin-product.ts';
import type { ShowSales } from './shows/ports.ts';
import { createReadTimeline } from './shows/read-timeline.ts';
import { createRenameShow } from './shows/rename-show.ts';
import { createShowsRoutes } from './shows/routes.ts';
import { createSetLineup } from './shows/set-lineup.ts';
import { createShowLifecycle, type ShowLifecycle } from './shows/show-lifecycle.ts';
import { createShowPages } from './shows/show-pages.ts';
import { createGetShowSummary } from './shows/show-summary.ts';
import { createGetShowView } from './shows/show-view.ts';

export interface BroadcastSettings {
  /** Where browsers and encoders find Souk. */
  readonly publicOrigin: string;
  /** Whether a new show is recorded when nobody says otherwise. */
  readonly recordShows: boolean;
  readonly retention: Retention;
}

export interface GroundDeps {
  readonly db: Database;
  readonly redis: Redis;
  readonly timeline: Timeline;
  readonly outbox: Outbox;
  readonly banGuard: BanGuard;
  readonly sales: ShowSales;
  readonly messages: MessageStore;
  readonly signer: TokenSigner;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long a live show waits for its host. */
  readonly hostGoneMs: number;
  readonly broadcast: BroadcastSettings;
  readonly review: ReviewSettings;
}

/** The names of the commands that the ground answers: accounts, merchants, shows, broadcast and moderation. */
export type GroundNames = keyof RouteHandlers &
  (
    | `auth:${string}`
    | `merchant:${string}`
    | `show:${string}`
    | `lineup:${string}`
    | `pin:${string}`
    | `timeline:${string}`
    | `stream-key:${string}`
    | `recording:${string}`
    | `moderator:${string}`
    | `message:${string}`
    | `user:${string}`
    | `report:${string}`
    | `chat-${string}`
    | `blocked-words:${string}`
    | `review-hook:${string}`
    | `ban:${string}`
    | `audit:${string}`
  );
/** The names that trade answers: all others. */
export type TradeNames = Exclude<keyof RouteHandlers, GroundNames>;

export interface Ground {
  readonly handlers: HandlersOf<GroundNames>;
  readonly roles: RoleFinder;
  readonly verifier: ReturnType<typeof createTokenVerifier>;
  readonly lifecycle: ShowLifecycle;
  readonly createShow: CreateShow;
  readonly pins: Pins;
  readonly roster: ModeratorRoster;
}

/** Accounts, shows and moderation, put together. */
export function createGround(deps: GroundDeps): Ground {
  const { db, redis, timeline, outbox, banGuard, sales, signer, clock, hostGoneMs, broadcast } = deps;
  const { retention, recordShows, publicOrigin } = broadcast;
  const { orm } = db;
  const hasher = createPasswordHasher();
  const roles = createRoleFinder({ orm });
  const lifecycle = createShowLifecycle({ db, outbox, sales, clock, hostGoneMs });
  const createShow = createCreateShow({ db, outbox, clock, recordShows });
  const pins = createPins({ db, outbox, clock });
  const moderation = createModerationRooms(deps);
  const community = createCommunityRooms({ ...deps, bans: moderation.bans });
  const pages = createShowPages({ orm, retention, clock });
  const handlers = {
    ...createAccountsRoutes({
      orm,
      hasher,
      issuer: createSessionIssuer({ orm, signer, follows: community.follows }),
      registerUser: createRegisterUser({ orm, hasher, clock }),
    }),
    ...createMerchantRoutes({ orm, setPolicy: createSetPolicy({ db, outbox, clock }) }),
    ...createShowsRoutes({
      orm,
      lifecycle,
      createShow,
      getShowView: createGetShowView({
        pages,
        bans: banGuard,
        roles,
        signer,
        retention,
        clock,
      }),
      renameShow: createRenameShow({ db, outbox, clock }),
      setLineup: createSetLineup({ db, outbox, clock }),
      getSummary: createGetShowSummary({ db, redis, timeline, clock }),
      readTimeline: createReadTimeline({ db, redis, timeline, roles, banGuard }),
      pins,
      pages,
    }),
    ...createStreamKeyRoutes({ streamKeys: createStreamKeys({ db, outbox, clock }), publicOrigin }),
    ...createRecordingRoutes({ recordings: createRecordingManager({ db, retention, clock }), pages }),
    ...moderation.handlers,
    ...community.handlers,
  };
  const verifier = createTokenVerifier({ keys: { jwks: signer.jwks }, clock });
  return { handlers, roles, verifier, lifecycle, createShow, pins, roster: moderation.roster };
}
