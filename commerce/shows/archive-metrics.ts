import { Counter, Gauge, type Registry } from 'prom-client';

export interface ArchiveMetrics {
  archived(entries: number): void;
  trimmed(entries: number): void;
  /** An entry of that instant (Unix milliseconds) was found, and is not in the archive yet. */
  waited(since: number): void;
  /** Begins a round: nothing has waited yet. */
  begin(now: number): void;
}

export function createArchiveMetrics(registry: Registry): ArchiveMetrics {
  const archived = new Counter({
    name: 'souk_timeline_archived_entries_total',
    help: 'Entries that were copied into the archive',
    registers: [registry],
  });
  const trimmed = new Counter({
    name: 'souk_timeline_trimmed_entries_total',
    help: 'Archived entries that were removed from Redis',
    registers: [registry],
  });
  const lag = new Gauge({
    name: 'souk_timeline_archive_lag_seconds',
    help: 'Age of the oldest entry that the last round found outside of the archive',
    registers: [registry],
  });
  let startedAt = 0;
  let oldest = 0;
  return {
    archived: (entries) => archived.inc(entries),
    trimmed: (entries) => trimmed.inc(entries),
    waited(since) {
      oldest = Math.max(oldest, startedAt - since);
      lag.set(oldest / 1_000);
    },
    begin(now) {
      startedAt = now;
      oldest = 0;
      lag.set(0);
    },
  };
}
