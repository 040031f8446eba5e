import type { StreamEndReason } from '@souk/protocol/http/timeline-stream';
import { Counter, Gauge, type Registry } from 'prom-client';

export interface StreamMetrics {
  ended(reason: StreamEndReason | 'gone'): void;
}

/** `countOpen` is asked when somebody looks. */
export function createStreamMetrics(registry: Registry, countOpen: () => number): StreamMetrics {
  new Gauge({
    name: 'souk_timeline_streams',
    help: 'Timelines that are streamed as server-sent events now',
    registers: [registry],
    collect() {
      this.set(countOpen());
    },
  });
  const ended = new Counter({
    name: 'souk_timeline_streams_ended_total',
    help: 'Streams that have ended, by reason',
    labelNames: ['reason'],
    registers: [registry],
  });
  return { ended: (reason) => ended.inc({ reason }) };
}
