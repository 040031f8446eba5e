import { Counter, Gauge, type Registry } from 'prom-client';
import type { SfuBackend, SfuFigures } from './sfu/sfu-backend.ts';
import type { MediaSessions } from './stage/media-sessions.ts';

const sfuGauges = {
  workers: 'SFU workers that run.',
  rooms: 'Shows that have a router.',
  branches: 'Routers on further workers, for shows with many viewers.',
  transports: 'Open transports.',
  producers: 'Tracks that arrive.',
  consumers: 'Tracks that are sent.',
  pipes: 'Tracks that are passed from one worker to another.',
} as const satisfies Record<keyof SfuFigures, string>;

/** Registers the figures of this server; each is read when somebody asks. */
export function registerMediaMetrics(registry: Registry, sfu: SfuBackend, sessions: MediaSessions): void {
  for (const [name, help] of Object.entries(sfuGauges) as [keyof SfuFigures, string][]) {
    new Gauge({
      name: `souk_media_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(sfu.figures()[name]);
      },
    });
  }
  registerLoad(registry, sfu);
  new Gauge({
    name: 'souk_media_sessions',
    help: 'Sessions of pages.',
    labelNames: ['intent'],
    registers: [registry],
    collect() {
      for (const [intent, count] of Object.entries(sessions.counts())) this.set({ intent }, count);
    },
  });
}

/** What costs a question to the workers; the SFU answers at most one in some seconds. */
function registerLoad(registry: Registry, sfu: Pick<SfuBackend, 'load'>): void {
  const registers = [registry];
  for (const [direction, help] of [
    ['incoming', 'Bits per second that arrive, over all transports.'],
    ['outgoing', 'Bits per second that are sent, over all transports.'],
  ] as const)
    new Gauge({
      name: `souk_media_${direction}_bits_per_second`,
      help,
      registers,
      async collect() {
        this.set((await sfu.load())[`${direction}Bps`]);
      },
    });
  new Gauge({
    name: 'souk_media_consumers_by_layer',
    help: 'Tracks that are sent, by the simulcast layer that is sent.',
    labelNames: ['kind', 'layer'],
    registers,
    async collect() {
      const { consumers } = await sfu.load();
      this.reset();
      for (const { kind, layer, count } of consumers) this.set({ kind, layer }, count);
    },
  });
  new Gauge({
    name: 'souk_media_worker_cpu_seconds',
    help: 'CPU time of each SFU worker since it began.',
    labelNames: ['worker'],
    registers,
    async collect() {
      const { workers } = await sfu.load();
      this.reset();
      for (const { index, cpuSeconds } of workers) this.set({ worker: index }, cpuSeconds);
    },
  });
  new Gauge({
    name: 'souk_media_worker_consumers',
    help: 'Tracks that each SFU worker sends, to pages and to other workers.',
    labelNames: ['worker'],
    registers,
    async collect() {
      const { workers } = await sfu.load();
      this.reset();
      for (const { index, consumers } of workers) this.set({ worker: index }, consumers);
    },
  });
  new Counter({
    name: 'souk_media_worker_deaths_total',
    help: 'SFU workers that have died.',
    registers,
    async collect() {
      const { workerDeaths } = await sfu.load();
      this.reset();
      this.inc(workerDeaths);
    },
  });
}
