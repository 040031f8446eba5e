import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessTable } from '../process/process-table.ts';
import { SetupError } from '../setup/setup-error.ts';

export interface Instance {
  /** Says that this one is about to end, so that the next start waits for it instead of giving up. */
  announceEnd(): void;
  release(): void;
}

const NAME = 'supervisor';
const ENDING_NAME = 'supervisor-ending';
const WAIT_MS = 20_000;

/**
 * Makes this process the only one that runs this checkout's house. One that is ending is waited for; while another
 * one runs on, a SetupError says so.
 */
export async function claimInstance(table: ProcessTable, print: (line: string) => void): Promise<Instance> {
  await waitForEnding(table, print);
  const other = table.findAlive(NAME);
  if (other !== undefined && other !== process.pid) throw runsAlready(other);
  table.note(NAME, process.pid);
  return {
    announceEnd: () => table.note(ENDING_NAME, process.pid),
    release() {
      table.forget(NAME);
      table.forget(ENDING_NAME);
    },
  };
}

async function waitForEnding(table: ProcessTable, print: (line: string) => void): Promise<void> {
  const deadlineMs = Date.now() + WAIT_MS;
  if (table.findAlive(ENDING_NAME) !== undefined) print('• Waiting for the earlier one to end …');
  while (table.findAlive(ENDING_NAME) !== undefined && Date.now() < deadlineMs) await delay(100);
}

function runsAlready(pid: number): SetupError {
  return new SetupError(
    'Souk is running already.',
    `Process ${pid} keeps it, with the data of this checkout.`,
    'End it with Ctrl-C in its terminal first (or clone the project once more for a second one).',
  );
}
