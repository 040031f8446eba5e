import { createStreamBoard } from '@souk/broadcast/board';
import { createHlsDemand } from '@souk/broadcast/demand';
import { isPackaged } from '@souk/broadcast/packaged';
import { createJobQueues } from '@souk/jobs/queues';
import { systemClock } from '@souk/runtime/clock';
import { createHttpServer, type HttpServer } from '@souk/runtime/http-server';
import type { Logger } from '@souk/runtime/logger';
import { createMetrics } from '@souk/runtime/metrics';
import { createRedis } from '@souk/runtime/redis';
import type { Service } from '@souk/runtime/service';
import { createKeyedBuckets } from '@souk/runtime/token-bucket';
import { createTokenVerifier } from '@souk/runtime/tokens';
import { createStore } from '@souk/storage/storage-config';
import { hearPrompts } from '@souk/timeline/prompts';
import { createShowDirectory } from '@souk/timeline/show-directory';
import { createTimelineTail } from '@souk/timeline/tail';
import { createTimeline } from '@souk/timeline/timeline';
import type { MediaServerConfig } from './config.ts';
import { createHlsFiles } from './egress/hls/hls-files.ts';
import { addHlsRoutes } from './egress/hls/hls-routes.ts';
import { createWhepPlayers } from './egress/whep/players.ts';
import { addWhepRoutes } from './egress/whep/whep-routes.ts';
import { addInternalRoutes } from './http/internal-routes.ts';
import { addMediaRoutes } from './http/media-routes.ts';
import { buildFeeds } from './ingest/build-feeds.ts';
import { createWhipPublishers } from './ingest/whip/publishers.ts';
import { createStreamKeys } from './ingest/whip/stream-keys.ts';
import { addWhipRoutes } from './ingest/whip/whip-routes.ts';
import { registerMediaMetrics } from './metrics.ts';
import { readCapabilities } from './sdp/choose-codec.ts';
import { assertReady, createMediaService } from './service.ts';
import { createMediasoupBackend } from './sfu/mediasoup/mediasoup-backend.ts';
import { findReachFault } from './sfu/mediasoup/reach.ts';
import { findRtcAddresses } from './sfu/mediasoup/rtc-addresses.ts';
import { announceAgain } from './stage/announce-again.ts';
import { createBoardKeeper } from './stage/board-keeper.ts';
import { createSessionBounds } from './stage/bounds.ts';
import { createHlsAudience } from './stage/hls-audience.ts';
import { createHlsRights } from './stage/hls-rights.ts';
import { createMediaSessions } from './stage/media-sessions.ts';
import { createOnAir } from './stage/on-air.ts';
import { createShowFigures } from './stage/show-figures.ts';
import { createShowFollower } from './stage/show-follower.ts';
import { createStreamAnnouncer } from './stage/stream-announcer.ts';
import { createTaps } from './stage/taps.ts';

/**
 * Who may publish and watch is told at once (prompts); the rest can wait. At the hub's pace these reads took as much of the
 * processor as ten watchers do.
 */
const FOLLOW_EVERY_MS = 250;
/** A page joins once, and again after each loss; the rest is for many pages behind one address. */
const JOIN_RATE = { burst: 60, perSecond: 10 };

export interface BuiltService {
  readonly service: Service;
  /** The HTTP side, for whoever has to ask at which port it listens. */
  readonly http: HttpServer;
}

/** Puts media-server together: the one place that knows every part. */
export function buildMediaService(config: MediaServerConfig, logger: Logger): BuiltService {
  const clock = systemClock;
  const redis = createRedis({ url: config.REDIS_URL, name: 'media-server', logger });
  const timeline = createTimeline({ redis, logger });
  const tail = createTimelineTail({ redis, logger, intervalMs: FOLLOW_EVERY_MS });
  const ear = createRedis({ url: config.REDIS_URL, name: 'media-server-prompts', logger });
  hearPrompts({ redis: ear, logger, onPrompt: (showId) => tail.wake(showId) });
  const jobs = createJobQueues({ redisUrl: config.REDIS_URL, logger });
  const addresses = findRtcAddresses({ announcedAddress: config.MEDIA_ANNOUNCED_ADDRESS });
  const reachFault = findReachFault(addresses, config.SOUK_PUBLIC_ORIGIN);
  if (reachFault !== undefined) logger.warn({ event: 'media-out-of-reach', reason: reachFault });
  const sfu = createMediasoupBackend({
    workers: config.MEDIA_WORKERS,
    rtcPort: config.MEDIA_RTC_PORT,
    addresses,
    workerBin: config.MEDIASOUP_WORKER_BIN,
    consumersPerRouter: config.MEDIA_CONSUMERS_PER_ROUTER,
    logger,
  });
  const hostGoneMs = config.HOST_GONE_SECONDS * 1_000;
  const announcer = createStreamAnnouncer({ timeline, jobs, clock, logger, hostGoneMs });
  const onAir = createOnAir({ announcer, clock });
  const shows = createShowFollower({ timeline, tail });
  const factor = config.RATE_LIMIT_FACTOR;
  announceAgain({ shows, onAir, announcer });
  const bounds = createSessionBounds({
    perShow: config.MEDIA_SESSIONS_PER_SHOW,
    perAddress: config.MEDIA_SESSIONS_PER_ADDRESS * factor,
  });
  const sessions = createMediaSessions({ sfu, onAir, shows, bounds, logger });
  const metrics = createMetrics('media-server');
  registerMediaMetrics(metrics, sfu, sessions);
  const http = createHttpServer({ logger, metrics, checkReadiness: () => assertReady(sfu, redis) });
  const verifier = createTokenVerifier({ keys: { jwksUrl: config.SOUK_JWKS_URL }, clock });
  const joins = createKeyedBuckets({
    rate: { burst: JOIN_RATE.burst * factor, perSecond: JOIN_RATE.perSecond * factor },
    clock,
  });
  const hlsAudience = createHlsAudience({ clock });
  addMediaRoutes(http, {
    sfu,
    sessions,
    figures: createShowFigures({
      sfu,
      onAir,
      sessions,
      hlsAudience,
      isPackaged: (streamId) => isPackaged(redis, streamId),
    }),
    verifier,
    joins,
  });
  const capabilities = readCapabilities(sfu.rtpCapabilities);
  const keys = createStreamKeys({
    commerceUrl: config.COMMERCE_INTERNAL_URL,
    serviceSecret: config.SOUK_SERVICE_SECRET,
    clock,
  });
  addWhipRoutes(http, { publishers: createWhipPublishers({ keys, sessions, shows, capabilities }), joins });
  addWhepRoutes(http, { players: createWhepPlayers({ sessions, capabilities }), verifier, joins });
  addHlsRoutes(http, {
    files: createHlsFiles({ store: createStore(config) }),
    demand: createHlsDemand({ redis }),
    audience: hlsAudience,
    shows,
    rights: createHlsRights({ shows, clock }),
    verifier,
    clock,
    publicUrl: config.MEDIA_PUBLIC_HLS_URL,
  });
  addInternalRoutes(http, {
    taps: createTaps({ sfu, onAir, clock, logger }),
    serviceSecret: config.SOUK_SERVICE_SECRET,
    clock,
  });
  const service = createMediaService({
    http,
    host: config.SOUK_HOST,
    port: config.MEDIA_PORT,
    redis,
    ear,
    timeline,
    tail,
    directory: createShowDirectory({ redis }),
    jobs,
    sfu,
    sessions,
    announcer,
    boardKeeper: createBoardKeeper({ board: createStreamBoard({ redis }), onAir, sfu, logger }),
    internalUrl: config.MEDIA_INTERNAL_URL,
    feeds: buildFeeds(config, { sfu, onAir, shows, clock, logger }),
    logger,
  });
  return { service, http };
}
