import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Executor } from './database.ts';
import { settings } from './schema/shows.ts';

/** The value of a setting, or undefined where it is not set. Throws ZodError when it does not fit. */
export async function findSetting<Schema extends z.ZodType>(
  orm: Executor,
  key: string,
  schema: Schema,
): Promise<z.output<Schema> | undefined> {
  const [row] = await orm.select().from(settings).where(eq(settings.key, key));
  return row === undefined ? undefined : schema.parse(row.value);
}

export async function saveSetting(orm: Executor, key: string, value: object): Promise<void> {
  await orm
    .insert(settings)
    .values({ key, value })
    .onConflictDoUpdate({ target: settings.key, set: { value } });
}
