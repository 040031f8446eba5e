import type { OsUser } from './os-user.ts';

/** One child process: what to run, how to know that it is ready, and how it is asked to end. */
export interface ProcessSpec {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** The system user to run as; absent means the own one. */
  readonly user?: OsUser | undefined;
  readonly stopSignal: NodeJS.Signals;
  /**
   * What the kernel sends it when this process dies without a word (Linux). Where nobody reads its log any more, a
   * Node process can hang in the attempt to write its last lines, so services are killed; databases end in order.
   */
  readonly deathSignal: NodeJS.Signals;
  /**
   * True keeps a terminal's Ctrl-C away from it, so that databases end after those that use them.
   */
  readonly ownGroup: boolean;
  /** Resolves once when the process can do its work right now; rejects or resolves false when it cannot (yet). */
  isReady(): Promise<boolean>;
}
