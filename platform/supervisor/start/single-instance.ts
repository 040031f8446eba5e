import type { ProcessTable } from '../process/process-table.ts';
import { SetupError } from '../setup/setup-error.ts';

const NAME = 'supervisor';

/** Makes this process the only one that runs this checkout's house. Throws a SetupError when another one does. */
export function claimInstance(table: ProcessTable): () => void {
  const other = table.findAlive(NAME);
  if (other !== undefined && other !== process.pid) {
    throw new SetupError(
      'Souk is running already.',
      `Process ${other} keeps it, with the data of this checkout.`,
      'End it with Ctrl-C in its terminal first (or clone the project once more for a second one).',
    );
  }
  table.note(NAME, process.pid);
  return () => table.forget(NAME);
}
