import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createJobQueues } from '@souk/jobs/queues';
import { createId, type ShowId } from '@souk/protocol/ids';
import { createEntry, type Entry } from '@souk/protocol/timeline/entries';
import { systemClock } from '@souk/runtime/clock';
import { parseConfig } from '@souk/runtime/config';
import { createLogger } from '@souk/runtime/logger';
import { closeRedis, createRedis } from '@souk/runtime/redis';
import { createTokenSigner, generateSigningKey, signServiceToken } from '@souk/runtime/tokens';
import { timelineKeys } from '@souk/timeline/keys';
import { createShowDirectory } from '@souk/timeline/show-directory';
import { createTimeline } from '@souk/timeline/timeline';
import { buildMediaService } from '../build-service.ts';
import { mediaServerConfigSchema } from '../config.ts';

const serviceSecret = 'a secret of the test services';
const logger = createLogger({ name: 'test', level: 'silent' });

/** A media-server with a real SFU worker and a real Redis, the keys of its tickets, and a view of what it tells. */
export async function createTestMediaServer(redisUrl: string, env: NodeJS.ProcessEnv = {}) {
  const signer = await createTokenSigner({ privateJwk: await generateSigningKey(), clock: systemClock });
  const keys = createServer((_request, response) => response.end(JSON.stringify(signer.jwks))).listen(0);
  await once(keys, 'listening');
  const redis = createRedis({ url: redisUrl, name: 'test', logger });
  const timeline = createTimeline({ redis, logger });
  const directory = createShowDirectory({ redis });
  const jobs = createJobQueues({ redisUrl, logger });
  const config = parseConfig(mediaServerConfigSchema, {
    REDIS_URL: redisUrl,
    SOUK_JWKS_URL: `http://127.0.0.1:${(keys.address() as AddressInfo).port}/`,
    SOUK_SERVICE_SECRET: serviceSecret,
    MEDIA_PORT: '0',
    MEDIA_RTC_PORT: '0',
    MEDIA_ANNOUNCED_ADDRESS: '127.0.0.1',
    MEDIA_WORKERS: '1',
    MEDIASOUP_WORKER_BIN: process.env['MEDIASOUP_WORKER_BIN'],
    RATE_LIMIT_FACTOR: '1000',
    ...env,
  });
  const { service, http } = buildMediaService(config, logger);
  const address = () => {
    const { port } = http.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  };

  return {
    signer,
    timeline,
    directory,
    jobs,
    /** Where it listens, once it is started. */
    url: address,
    start: () => service.start(),
    /** Creates a show that is on air. */
    async createLiveShow(): Promise<ShowId> {
      const showId = createId('show');
      await timeline.append(showId, createEntry('show:went-live', Date.now(), {}));
      await directory.add(showId);
      return showId;
    },
    endShow: (showId: ShowId) =>
      timeline.append(showId, createEntry('show:ended', Date.now(), { reason: 'ended-by-host' })),
    async ticket(showId: ShowId, can: 'publish' | 'watch', sub: string = createId('user')): Promise<string> {
      return (await signer.signMediaTicket({ sub, showId, can })).token;
    },
    /** Does what the loss of Redis's data does to a show. */
    loseTimeline: (showId: ShowId) => redis.del(timelineKeys.timeline(showId), timelineKeys.epoch(showId)),
    serviceToken: (): Promise<string> =>
      signServiceToken({ secret: serviceSecret, service: 'test', clock: systemClock }),
    /** Sends a request and gives status and parsed answer. */
    async ask(
      method: string,
      path: string,
      token?: string,
      body?: unknown,
      contentType = 'application/json',
    ) {
      const response = await fetch(`${address()}${path}`, {
        method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': contentType }),
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        answer: text.startsWith('{') ? JSON.parse(text) : text,
      };
    },
    entries: (showId: ShowId): Promise<Entry[]> => timeline.read(showId, { after: '0-0', limit: 1_000 }),
    stopService: () => service.stop('test'),
    async stop() {
      await service.stop('test');
      await jobs.close();
      await closeRedis(redis);
      keys.close();
      keys.closeAllConnections();
    },
  };
}

export type TestMediaServer = Awaited<ReturnType<typeof createTestMediaServer>>;
