import type { Clock } from '@souk/runtime/clock';
import type { HttpServer } from '@souk/runtime/http-server';
import type { Logger } from '@souk/runtime/logger';
import { createMetrics } from '@souk/runtime/metrics';
import type { Service } from '@souk/runtime/service';
import { createTokenSigner } from '@souk/runtime/tokens';
import { createCheckStreamKey } from './broadcast/check-stream-key.ts';
import { toReviewSettings } from './community/review/review-settings.ts';
import { assertFitForProduction, type CommerceConfig } from './config.ts';
import { createCouponPins } from './coupons/pin-coupon.ts';
import { createCrashSeam } from './crash-seam.ts';
import { createDemoCoupons } from './demo/demo-coupons.ts';
import { createDemoDirector } from './demo/demo-director.ts';
import { createDemoSales } from './demo/demo-sales.ts';
import { createDemoShow, type DemoShow } from './demo/demo-show.ts';
import { seedDemo } from './demo/seed-demo.ts';
import { createFoundation, type Foundation } from './foundation.ts';
import { createGround, type Ground } from './ground.ts';
import { createApi } from './http/create-api.ts';
import { explainOutage } from './http/explain-outage.ts';
import { explainPath } from './http/explain-path.ts';
import { explainText } from './http/explain-text.ts';
import { createRateGuard } from './http/rate-guard.ts';
import { type Companion, createCommerceService } from './service.ts';
import { createTimelineStreams } from './shows/event-stream/timeline-streams.ts';
import { createTimelineKeeper } from './shows/keep-timelines.ts';
import { createRestoreTimelines } from './shows/restore-timelines.ts';
import type { TradeConfig } from './trade-config.ts';
import type { TradeRooms } from './trade-rooms.ts';

export interface CommerceOptions {
  readonly config: CommerceConfig;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly createTrade: (foundation: Foundation, config: TradeConfig) => TradeRooms;
  /** Makes a fault of an answer that does not fit its schema, for tests. */
  readonly checkAnswers?: boolean;
}

export interface Commerce {
  readonly service: Service;
  readonly http: HttpServer;
  readonly foundation: Foundation;
  readonly ground: Ground;
}

/** Puts the service together: the one place where its parts meet. */
export async function createCommerce({
  config,
  clock,
  logger,
  createTrade,
  checkAnswers = false,
}: CommerceOptions): Promise<Commerce> {
  assertFitForProduction(config);
  const metrics = createMetrics('commerce');
  const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl } = config;
  const foundation = createFoundation({
    databaseUrl,
    redisUrl,
    name: 'commerce',
    clock,
    logger,
    metrics,
    crash: createCrashSeam(config),
  });
  const { db, redis, relay } = foundation;
  const trade = createTrade(foundation, config);
  const signer = await createTokenSigner({ privateJwk: config.SOUK_SIGNING_KEY, clock });
  const ground = createGround({
    ...foundation,
    sales: trade,
    signer,
    hostGoneMs: config.HOST_GONE_SECONDS * 1_000,
    review: toReviewSettings(config),
    broadcast: {
      publicOrigin: config.SOUK_PUBLIC_ORIGIN,
      recordShows: config.RECORD_SHOWS,
      retention: { days: config.RECORDING_RETENTION_DAYS },
    },
  });
  const demoShow = createDemoShow({ db, ...ground });
  const streams = createTimelineStreams({
    ...foundation,
    ...ground,
    limits: { total: config.TIMELINE_STREAMS, perAddress: config.TIMELINE_STREAMS_PER_ADDRESS },
  });
  const http = await createApi({
    server: {
      logger,
      metrics,
      checkAnswers,
      explainError: (error) => explainText(explainPath(explainOutage(error))),
      checkReadiness: async () => {
        await Promise.all([db.pool.query('SELECT 1'), redis.ping()]);
      },
    },
    orm: db.orm,
    publicOrigin: config.SOUK_PUBLIC_ORIGIN,
    commands: {
      handlers: { ...trade.handlers, ...ground.handlers },
      verifier: ground.verifier,
      roles: ground.roles,
      rates: createRateGuard({ clock, factor: config.RATE_LIMIT_FACTOR }),
      streams,
    },
    sessions: { pool: db.pool, secret: config.SOUK_SESSION_SECRET, logger },
    internal: {
      serviceSecret: config.SOUK_SERVICE_SECRET,
      clock,
      findDemoShow: demoShow.findView,
      checkStreamKey: createCheckStreamKey({ orm: db.orm, clock, rateFactor: config.RATE_LIMIT_FACTOR }),
    },
    jwks: signer.jwks,
    receiveWebhook: trade.receiveWebhook,
    onClosing: streams.end,
  });
  const service = createCommerceService({
    http,
    host: config.SOUK_HOST,
    port: config.COMMERCE_PORT,
    companions: [
      relay,
      streams,
      createTimelineKeeper({ ...foundation, restore: createRestoreTimelines(foundation) }),
      { start: async () => undefined, stop: () => trade.close() },
      createDemo({ config, foundation, ground, trade, demoShow }),
    ],
    close: () => foundation.close(),
  });
  return { service, http, foundation, ground };
}

interface DemoParts {
  readonly config: CommerceConfig;
  readonly foundation: Foundation;
  readonly ground: Ground;
  readonly trade: TradeRooms;
  readonly demoShow: DemoShow;
}

/** Runs the demo show with SOUK_DEMO=1; takes one of an earlier start off the air without it. */
function createDemo({ config, foundation, ground, trade, demoShow }: DemoParts): Companion {
  const { db, clock, logger } = foundation;
  if (!config.SOUK_DEMO) return { start: demoShow.retire, stop: async () => undefined };
  return createDemoDirector({
    prepare: () => seedDemo(db, clock),
    demoShow,
    pins: ground.pins,
    sales: createDemoSales({ orm: db.orm, handlers: trade.handlers }),
    coupons: createDemoCoupons({ orm: db.orm, couponPins: createCouponPins(foundation), clock }),
    clock,
    logger,
  });
}
