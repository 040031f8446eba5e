import type { z } from 'zod';

/** Everything that is wrong with the environment, by the names of the variables. */
export class ConfigError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The configuration is not complete:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/**
 * Reads a service's configuration from the environment, once, and freezes it. Empty variables count as not set.
 * Throws ConfigError that names every fault at once, never the value.
 */
export function parseConfig<Schema extends z.ZodObject>(
  schema: Schema,
  env: NodeJS.ProcessEnv,
): Readonly<z.output<Schema>> {
  const named = Object.keys(schema.shape).flatMap((key) => {
    const value = env[key];
    return value === undefined || value === '' ? [] : [[key, value] as const];
  });
  const result = schema.safeParse(Object.fromEntries(named));
  if (result.success) return Object.freeze(result.data);
  throw new ConfigError(result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
}
