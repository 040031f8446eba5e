import { createLogger } from '../logger.ts';
import { runService } from '../service.ts';

/** A service that says very much at SIGUSR2 and then fails. Run by its test as a process. */
const logger = createLogger({ name: 'talkative', level: 'info' });
const talk = (): void => {
  for (let line = 0; line < 10_000; line += 1) logger.info({ event: 'talk', line, text: 'x'.repeat(100) });
  throw new Error('it fails while nobody listens');
};
const heartbeat = setInterval(() => undefined, 1_000);
await runService(
  {
    name: 'talkative',
    start: async () => {
      process.on('SIGUSR2', talk);
      process.stderr.write('ready\n');
    },
    stop: async () => clearInterval(heartbeat),
  },
  logger,
);
