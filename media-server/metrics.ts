import { Gauge, type Registry } from 'prom-client';
import type { SfuBackend, SfuFigures } from './sfu/sfu-backend.ts';
import type { MediaSessions } from './stage/media-sessions.ts';

const sfuGauges = {
  workers: 'SFU workers that run.',
  rooms: 'Shows that have a router.',
  transports: 'Open transports.',
  producers: 'Tracks that arrive.',
  consumers: 'Tracks that are sent.',
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
