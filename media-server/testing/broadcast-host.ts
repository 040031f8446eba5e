/* A process that broadcasts the demo picture to ports of its own, to be killed by a test. */
import { systemClock } from '@souk/runtime/clock';
import { createLogger } from '@souk/runtime/logger';
import { startDemoBroadcast } from '../ingest/demo/demo-broadcast.ts';
import { sampleAssets, sampleIngest } from './demo-samples.ts';

const [cacheDir = ''] = process.argv.slice(2);
const logger = createLogger({ name: 'broadcast-host', level: 'silent' });
const broadcast = await startDemoBroadcast({
  assets: await sampleAssets(cacheDir),
  link: await sampleIngest(),
  clock: systemClock,
  logger,
});
await broadcast.began;
process.stdout.write('began\n');
