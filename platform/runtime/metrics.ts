import { collectDefaultMetrics, Registry } from 'prom-client';

/** A registry of its own, with the process's default metrics, labelled by service. */
export function createMetrics(service: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry, prefix: 'souk_' });
  return registry;
}
