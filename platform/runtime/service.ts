import { whenDrained } from './log-output.ts';
import type { Logger } from './logger.ts';

/** Why a service ends. */
export type StopReason = 'signal' | 'fault' | 'test';

/** A process of the house. `stop` may be called again and then does nothing more. */
export interface Service {
  readonly name: string;
  start(): Promise<void>;
  stop(reason: StopReason): Promise<void>;
}

/** How long a service may take to end by itself. */
const STOP_TIMEOUT_MS = 10_000;
/** How long the last log lines may take to be read; perhaps nobody reads any more. */
const LAST_LINES_MS = 500;

/**
 * Runs a service as this process: starts it, ends it on SIGINT or SIGTERM, and lets no failure pass unheard.
 * The process exits with 0 after a signal and with 1 after a fault.
 */
export async function runService(service: Service, logger: Logger): Promise<void> {
  let stopping = false;
  const end = async (reason: StopReason, exitCode: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    process.exitCode = exitCode;
    setTimeout(() => {
      logger.error({ event: 'stop-timed-out', timeoutMs: STOP_TIMEOUT_MS });
      process.exit(1);
    }, STOP_TIMEOUT_MS).unref();
    await service.stop(reason).catch((err: unknown) => logger.error({ event: 'stop-failed', err }));
    logger.info({ event: 'stopped', reason });
    await whenDrained(process.stdout, LAST_LINES_MS);
    process.exit(exitCode);
  };
  const fail = (event: string) => (err: unknown) => {
    logger.fatal({ event, err });
    void end('fault', 1);
  };
  process.on('SIGINT', () => void end('signal', 0));
  process.on('SIGTERM', () => void end('signal', 0));
  process.on('uncaughtException', fail('uncaught-exception'));
  process.on('unhandledRejection', fail('unhandled-rejection'));
  try {
    await service.start();
    logger.info({ event: 'started' });
  } catch (err) {
    fail('start-failed')(err);
  }
}
