import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Database } from '../db/database.ts';

export interface RelayMetrics {
  /** `lagMs`: from the commit's clock reading to the delivery. */
  delivered(kind: 'timeline' | 'job', lagMs: number): void;
  failed(): void;
}

/** Metrics of the outbox: lag, failures, and how many rows wait. */
export function createRelayMetrics(registry: Registry, db: Database): RelayMetrics {
  const lag = new Histogram({
    name: 'souk_outbox_lag_seconds',
    help: 'Time from writing an outbox row to its delivery.',
    labelNames: ['kind'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
    registers: [registry],
  });
  const failures = new Counter({
    name: 'souk_outbox_failures_total',
    help: 'Batches that could not be delivered and are tried again.',
    registers: [registry],
  });
  new Gauge({
    name: 'souk_outbox_waiting',
    help: 'Rows that wait for delivery.',
    registers: [registry],
    async collect() {
      const { rows } = await db.pool.query<{ waiting: string }>('SELECT count(*) AS waiting FROM outbox');
      this.set(Number(rows[0]?.waiting ?? 0));
    },
  });
  return {
    delivered: (kind, lagMs) => lag.observe({ kind }, Math.max(0, lagMs) / 1_000),
    failed: () => failures.inc(),
  };
}
