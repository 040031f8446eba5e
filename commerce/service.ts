import { allTransitions, assertTransitions } from '@souk/protocol/states';
import type { HttpServer } from '@souk/runtime/http-server';
import type { Service } from '@souk/runtime/service';

/** Something that runs beside the HTTP server for as long as the service does. */
export interface Companion {
  start(): void | Promise<void>;
  stop(): Promise<void>;
}

export interface CommerceDeps {
  readonly http: HttpServer;
  readonly host: string;
  readonly port: number;
  /** Started in this order before the server listens, stopped in the reverse order after it. */
  readonly companions: readonly Companion[];
  /** Ends the connections; the last thing that happens. */
  readonly close: () => Promise<void>;
}

/** The service of all durable commands. */
export function createCommerceService({ http, host, port, companions, close }: CommerceDeps): Service {
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await http.close();
    for (const companion of companions.toReversed()) await companion.stop();
    await close();
  };
  return {
    name: 'commerce',
    async start() {
      for (const [name, table] of Object.entries(allTransitions)) assertTransitions(name, table);
      for (const companion of companions) await companion.start();
      await http.listen({ host, port });
    },
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}
