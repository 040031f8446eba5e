import { type KeptProcess, keepProcess } from './process/keep-process.ts';
import { createLogFile } from './process/log-file.ts';
import type { ProcessSpec } from './process/process-spec.ts';

export interface TestKeeperOptions {
  /** Its output goes to `<logsDir>/<name>.log`. */
  readonly logsDir: string;
  /** Called as soon as it has died unasked, before it is started again. */
  readonly onDeath?: (name: string) => void;
}

/** A process of a test house, kept alive by the keeper of the real one. `start` rejects with its last lines. */
export function keepTestProcess(
  spec: ProcessSpec,
  { logsDir, onDeath }: TestKeeperOptions,
): Pick<KeptProcess, 'name' | 'start' | 'stop' | 'findPid'> {
  const log = createLogFile(logsDir, spec.name);
  const kept = keepProcess(spec, {
    onLine: log.write,
    onEvent: (event) => {
      if (event.type === 'died') onDeath?.(spec.name);
    },
  });
  return {
    name: spec.name,
    findPid: kept.findPid,
    async start() {
      try {
        await kept.start();
      } catch (cause) {
        throw new Error(`${spec.name} did not start:\n${log.tail().join('\n')}`, { cause });
      }
    },
    async stop() {
      await kept.stop();
      await log.close();
    },
  };
}
