import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What the outside sees of packaging. */
export interface PackagingMetrics {
  setRunning(count: number): void;
  noteRestart(reason: string): void;
  /** A segment is ready; so long ago was its last picture captured. */
  noteSegment(behindMs: number): void;
}

const BEHIND_SECONDS = [0.1, 0.2, 0.5, 1, 2, 5, 10];

/** Registers the figures of packaging. */
export function createPackagingMetrics(registry: Registry): PackagingMetrics {
  const registers = [registry];
  const running = new Gauge({
    name: 'souk_packagers',
    help: 'Streams that this worker packages for HLS.',
    registers,
  });
  const restarts = new Counter({
    name: 'souk_packaging_restarts_total',
    help: 'Runs of ffmpeg that ended before their stream, by reason.',
    labelNames: ['reason'],
    registers,
  });
  const segments = new Histogram({
    name: 'souk_packaging_segment_behind_seconds',
    help: 'From the capture of the last picture of a segment until it was made.',
    buckets: BEHIND_SECONDS,
    registers,
  });
  return {
    setRunning: (count) => running.set(count),
    noteRestart: (reason) => restarts.inc({ reason }),
    noteSegment: (behindMs) => segments.observe(Math.max(0, behindMs) / 1_000),
  };
}
