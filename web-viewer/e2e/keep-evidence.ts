import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestContext } from 'vitest';
import type { Person } from './people.ts';

const folder = path.join(os.tmpdir(), 'souk-e2e');

/** After a failed test, keeps a picture of each person's page in `souk-e2e` of the system's temporary folder. */
export async function keepEvidence(
  { task }: TestContext,
  people: Readonly<Record<string, Person | undefined>>,
): Promise<void> {
  if (task.result?.state !== 'fail') return;
  await mkdir(folder, { recursive: true });
  const step = task.name.replaceAll(/\W+/g, '-').slice(0, 40);
  for (const [name, person] of Object.entries(people)) {
    await person?.page.screenshot({ path: path.join(folder, `${step}-${name}.png`) });
  }
}
