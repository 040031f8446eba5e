/* A packaging worker as a process of its own, to be killed by a test. Every show is live and recorded to it. */
import { createStreamBoard } from '@souk/broadcast/board';
import { createHlsDemand } from '@souk/broadcast/demand';
import { createPackagingLeases } from '@souk/broadcast/lease';
import { systemClock } from '@souk/runtime/clock';
import { createLogger } from '@souk/runtime/logger';
import { createMetrics } from '@souk/runtime/metrics';
import { createRedis } from '@souk/runtime/redis';
import { createDirectoryStore } from '@souk/storage/directory-store';
import { createPackagingMetrics } from '../packaging-metrics.ts';
import { createPackaging } from '../packaging-service.ts';
import { createTapClient } from '../tap-client.ts';

const [redisUrl = '', directory = '', secret = ''] = process.argv.slice(2);
const logger = createLogger({ name: 'packaging-process', level: 'warn' });
const redis = createRedis({ url: redisUrl, name: 'packaging-process', logger });
await createPackaging({
  board: createStreamBoard({ redis }),
  demand: createHlsDemand({ redis }),
  leases: createPackagingLeases({ redis, token: crypto.randomUUID() }),
  taps: createTapClient({ secret, clock: systemClock }),
  metrics: createPackagingMetrics(createMetrics('packaging-process')),
  store: createDirectoryStore({ directory }),
  keeping: {
    findPackagingPlans: async (showIds) =>
      showIds.map((showId) => ({ showId, isLive: true, isRecorded: true })),
    beginRecording: async () => true,
    noteRecorded: async () => undefined,
    finishRecording: async () => 'active',
    findUnfinishedRecordings: async () => [],
  },
  clock: systemClock,
  logger,
}).start();
