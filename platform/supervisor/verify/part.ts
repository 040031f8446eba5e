import { spawn } from 'node:child_process';
import { fromRoot } from '../paths.ts';

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

export interface PartResult {
  readonly tally: Tally;
  /** What failed and why, one text each: said again at the end, where the last lines of a long log are kept. */
  readonly failures: readonly string[];
}

/** One named part of `npm test` or `npm run check`. */
export interface Part {
  readonly name: string;
  run(): Promise<PartResult>;
}

/** A tool that either passes or does not, such as the linter: counts as one test. */
export function toolPart(name: string, script: string, args: readonly string[]): Part {
  return {
    name,
    async run() {
      const code = await runVisibly([fromRoot('node_modules', script), ...args]);
      return code === 0
        ? { tally: { passed: 1, failed: 0, skipped: 0 }, failures: [] }
        : {
            tally: { passed: 0, failed: 1, skipped: 0 },
            failures: [`${name}: its own lines say what is wrong`],
          };
    },
  };
}

/** Runs a Node script with its output on the own terminal; answers its exit code. */
export function runVisibly(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: fromRoot(), stdio: 'inherit', env });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
