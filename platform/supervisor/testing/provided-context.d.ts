import 'vitest';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Administrator's connection string of the run's PostgreSQL; see createTestDatabase. */
    databaseUrl: string;
    /** The run's Redis; see createTestRedis. */
    redisUrl: string;
  }
}
