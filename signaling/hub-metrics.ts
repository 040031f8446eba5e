import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What the hub measures. No label names a show or a person. */
export type HubMetrics = ReturnType<typeof createHubMetrics>;

/** Registers the hub's metrics. `read` is asked when they are collected. */
export function createHubMetrics(registry: Registry, read: { connections(): number; rooms(): number }) {
  const registers = [registry];
  const gauge = (name: string, help: string, value: () => number): Gauge =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  return {
    connections: gauge('souk_hub_connections', 'Open connections', read.connections),
    rooms: gauge('souk_hub_rooms', 'Shows that this node follows', read.rooms),
    commands: new Counter({
      name: 'souk_hub_commands_total',
      help: 'Commands by outcome: ok or an error code',
      labelNames: ['command', 'outcome'],
      registers,
    }),
    eventsWithoutAcknowledgement: new Counter({
      name: 'souk_hub_events_without_acknowledgement_total',
      help: 'Events that were left aside because nobody waited for their answer',
      registers,
    }),
    cuts: new Counter({
      name: 'souk_hub_cuts_total',
      help: 'Connections that the hub closed, by reason',
      labelNames: ['reason'],
      registers,
    }),
    behind: new Counter({
      name: 'souk_hub_clients_behind_total',
      help: 'How often a client fell so far behind that nothing more was sent to it until it had drained',
      registers,
    }),
    resyncs: new Counter({
      name: 'souk_hub_resyncs_total',
      help: 'Whole states sent in the place of frames, by reason; one for a channel counts for each hearer',
      labelNames: ['reason'],
      registers,
    }),
    removals: new Counter({
      name: 'souk_hub_removals_total',
      help: 'Clients taken out of a show, by reason',
      labelNames: ['reason'],
      registers,
    }),
    refusals: new Counter({
      name: 'souk_hub_refused_handshakes_total',
      help: 'Clients that were not let in, by error code',
      labelNames: ['code'],
      registers,
    }),
    entries: new Counter({
      name: 'souk_hub_entries_total',
      help: 'Timeline entries that this node has folded',
      registers,
    }),
    frames: new Counter({
      name: 'souk_hub_frames_total',
      help: 'Frames sent, by kind of hearer; a frame for a channel counts once',
      labelNames: ['to'],
      registers,
    }),
    tickSeconds: new Histogram({
      name: 'souk_hub_tick_seconds',
      help: 'Time that one tick took, the read included',
      buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
      registers,
    }),
  };
}
