import { createJobQueues, type JobQueues } from '@souk/jobs/queues';
import { limits } from '@souk/protocol/limits';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import { closeRedis, createRedis, type Redis } from '@souk/runtime/redis';
import type { Service } from '@souk/runtime/service';
import type { TokenVerifier } from '@souk/runtime/tokens';
import { createLevels, createLevelsSubscriber } from '@souk/timeline/levels';
import { hearPrompts } from '@souk/timeline/prompts';
import { createTimelineTail } from '@souk/timeline/tail';
import { createTimeline } from '@souk/timeline/timeline';
import type { Registry } from 'prom-client';
import { AddressBook } from './connection/address-book.ts';
import { createAdmission } from './connection/admission.ts';
import { createCommandRates } from './connection/command-rates.ts';
import { createConnectionOwner } from './connection/connection-owner.ts';
import { Connections } from './connection/connections.ts';
import { createDispatch } from './connection/dispatch.ts';
import { createDoor } from './connection/door.ts';
import { defaultHubLimits, type HubLimits } from './connection/hub-limits.ts';
import { createHandlers } from './handlers/create-handlers.ts';
import { createHubMetrics } from './hub-metrics.ts';
import { createOperationRoutes } from './operation-routes.ts';
import { RoomKeeper } from './rooms/room-keeper.ts';
import { createViewerReports } from './rooms/viewer-reports.ts';
import { createOriginCheck } from './transport/accepts-origin.ts';
import type { HubTransport, TransportOptions } from './transport/hub-transport.ts';

export interface SignalingDeps {
  /** Name of this node among those that share the Redis. */
  readonly nodeId: string;
  readonly redisUrl: string;
  readonly host: string;
  /** Port to listen on; 0 lets the system choose. */
  readonly port: number;
  readonly publicOrigin: string;
  /** Those that are left out are the default ones. */
  readonly limits?: Partial<HubLimits>;
  readonly verifier: TokenVerifier;
  readonly metrics: Registry;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly createTransport: (options: TransportOptions) => HubTransport | Promise<HubTransport>;
}

export interface SignalingService extends Service {
  /** The port that it listens on. Throws before `start`. */
  getPort(): number;
}

/** Answers held back for a client that is behind; it asks for little. */
const MAX_HELD_BYTES = 1_024 * 1_024;
const SWEEP_MS = 1_000;

/** The hub: follows the shows whose viewers are connected here, and sends them what happens. */
export function createSignalingService(deps: SignalingDeps): SignalingService {
  let running: { port: number; stop(): Promise<void> } | undefined;
  return {
    name: 'signaling',
    async start() {
      running ??= await startHub(deps);
      deps.logger.info({ event: 'listening', port: running.port });
    },
    async stop() {
      const ending = running;
      running = undefined;
      await ending?.stop();
    },
    getPort() {
      if (running === undefined) throw new Error('the hub has not started');
      return running.port;
    },
  };
}

async function startHub(deps: SignalingDeps) {
  const connect = (name: string): Redis =>
    createRedis({ url: deps.redisUrl, name: `signaling-${name}`, logger: deps.logger });
  const redis = { commands: connect('commands'), tail: connect('tail'), subscriber: connect('subscriber') };
  // Opens no connection before a message has to be reviewed.
  const jobs = createJobQueues({ redisUrl: deps.redisUrl, logger: deps.logger });
  const hub = await buildHub(deps, redis, jobs);
  const sweep = setInterval(() => {
    hub.connections.cutExpired();
    hub.rooms.sweep();
  }, SWEEP_MS);
  hub.tail.start();
  const stop = async (): Promise<void> => {
    clearInterval(sweep);
    hub.connections.cutAll();
    await hub.transport.close();
    await hub.tail.stop();
    await hub.rooms
      .close()
      .catch((err: unknown) => deps.logger.warn({ event: 'viewers-not-taken-off', err }));
    await jobs.close();
    await Promise.all(Object.values(redis).map(closeRedis));
  };
  try {
    return { port: await hub.transport.listen(deps.host, deps.port), stop };
  } catch (err) {
    await stop();
    throw err;
  }
}

async function buildHub(
  deps: SignalingDeps,
  redis: Record<'commands' | 'tail' | 'subscriber', Redis>,
  jobs: Pick<JobQueues, 'enqueue'>,
) {
  const { clock, logger, verifier } = deps;
  const hubLimits = { ...defaultHubLimits, ...deps.limits };
  const connections = new Connections(clock, hubLimits.connectionsPerUser);
  const addresses = new AddressBook(hubLimits.connectionsPerAddress);
  const { admissionsPerSecond } = hubLimits;
  const metrics = createHubMetrics(deps.metrics, {
    connections: () => connections.size,
    rooms: () => rooms.size,
  });
  const timeline = createTimeline({ redis: redis.commands, logger });
  const tail = createTimelineTail({
    redis: redis.tail,
    logger,
    onTick(durationMs) {
      metrics.tickSeconds.observe(durationMs / 1_000);
      rooms.tick();
    },
  });
  const levels = createLevels({ redis: redis.commands });
  hearPrompts({ redis: redis.subscriber, logger, onPrompt: (showId) => tail.wake(showId) });
  const rooms = new RoomKeeper({
    timeline,
    tail,
    levels,
    levelsSubscriber: createLevelsSubscriber({ redis: redis.subscriber, levels, logger }),
    viewerReports: createViewerReports({ redis: redis.commands, nodeId: deps.nodeId }),
    publish: (channel, event, data) => transport.publish(channel, event, data),
    metrics,
    clock,
    logger,
  });
  const handlers = createHandlers({
    timeline,
    rooms,
    verifier,
    requestReview: (showId, messageId) =>
      jobs.enqueue('chat-review', { showId, messageId }, { jobId: messageId }),
    clock,
  });
  const dispatch = createDispatch({
    handlers,
    rooms,
    rates: createCommandRates(clock),
    joins: createAdmission({ perSecond: admissionsPerSecond, clock }),
    metrics,
    clock,
    logger,
  });
  const owner = createConnectionOwner({
    connections,
    rooms,
    dispatch,
    metrics,
    limits: hubLimits,
    clock,
    logger,
  });
  const transport = await deps.createTransport({
    logger,
    acceptsOrigin: createOriginCheck(deps.publicOrigin),
    routes: createOperationRoutes({ metrics: deps.metrics, redis: redis.commands }),
    maxPayloadBytes: limits.commandBytes,
    maxBacklogBytes: hubLimits.backlogBytes,
    maxHeldBytes: MAX_HELD_BYTES,
    onOpen: ({ address }) => addresses.opened(address),
    onClose: ({ address }) => addresses.closed(address),
    admit: createDoor({
      verifier,
      admission: createAdmission({ perSecond: admissionsPerSecond, clock }),
      addresses,
      connections,
      owner,
      metrics,
    }),
  });
  return { transport, tail, rooms, connections };
}
