import path from 'node:path';
import { describeLogLine } from '../process/describe-log-line.ts';
import { type KeeperEvent, type KeptProcess, keepProcess } from '../process/keep-process.ts';
import { createLogFile, type LogFile } from '../process/log-file.ts';
import type { ProcessSpec } from '../process/process-spec.ts';
import type { ProcessTable } from '../process/process-table.ts';
import { sayOnce } from '../process/say-once.ts';
import { SetupError } from '../setup/setup-error.ts';

/** Starts processes and keeps them, with their logs and their entries in the process table. */
export interface Keeper {
  start(spec: ProcessSpec): Promise<void>;
  /** From now on nothing is started any more. */
  close(): void;
  /** Ends the named processes side by side. */
  stop(names: readonly string[]): Promise<void>;
  killAll(): void;
  closeLogs(): Promise<void>;
  findPid(name: string): number | undefined;
}

interface KeeperDeps {
  logsDir: string;
  table: ProcessTable;
  report(line: string): void;
}

export function createKeeper({ logsDir, table, report }: KeeperDeps): Keeper {
  const kept = new Map<string, KeptProcess>();
  const logs = new Map<string, LogFile>();
  const reportProblem = sayOnce(report);
  let isClosed = false;

  const begin = (spec: ProcessSpec) => {
    const log = createLogFile(logsDir, spec.name);
    const teller = createTeller(spec.name, log, report);
    const child = keepProcess(spec, {
      onLine(line) {
        log.write(line);
        const problem = describeLogLine(spec.name, line);
        if (problem) reportProblem(problem);
      },
      onEvent(event) {
        if (event.type === 'started') table.note(spec.name, event.pid);
        teller(event);
      },
    });
    logs.set(spec.name, log);
    kept.set(spec.name, child);
    return { child, log };
  };

  return {
    async start(spec) {
      if (isClosed) throw new Error(`${spec.name} is not started: the house is ending`);
      const { child, log } = begin(spec);
      try {
        await child.start();
      } catch (error) {
        const why = [String(error), ...log.tail()].join('\n');
        throw new SetupError(
          `${spec.name} did not start.`,
          why,
          `See ${path.relative('.', log.file)} for all of it.`,
        );
      }
    },
    close() {
      isClosed = true;
    },
    async stop(names) {
      await Promise.all(
        names.map(async (name) => {
          await kept.get(name)?.stop();
          table.forget(name);
        }),
      );
    },
    killAll() {
      for (const child of kept.values()) child.kill();
    },
    async closeLogs() {
      await Promise.all([...logs.values()].map((log) => log.close()));
    },
    findPid: (name) => kept.get(name)?.findPid(),
  };
}

/** Tells of deaths and returns; the first start is told by whoever waits for it. */
function createTeller(name: string, log: LogFile, report: (line: string) => void) {
  let hasDied = false;
  return (event: KeeperEvent): void => {
    switch (event.type) {
      case 'started':
        return;
      case 'ready':
        if (hasDied) report(`[${name}] is back`);
        hasDied = false;
        return;
      case 'died': {
        const how = event.exit.signal ?? `exit code ${event.exit.code}`;
        report(`[${name}] ended (${how}), starts again in ${event.restartInMs / 1000} s`);
        if (hasDied) report(`[${name}] last words: ${findLastWords(log)}`);
        hasDied = true;
      }
    }
  };
}

/** The newest line that names an error; Node's own closing lines say nothing. */
function findLastWords(log: LogFile): string {
  const lines = log.tail();
  return (lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1) ?? 'none').trim();
}
