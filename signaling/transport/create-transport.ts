import type { HubTransport, TransportOptions } from './hub-transport.ts';
import { createNodeTransport } from './node-transport.ts';
import { createUwsTransport, findUws } from './uws-transport.ts';

/** The native transport where its binary loads, else Node's own; which one it is, and why, stands in the log. */
export async function createTransport(options: TransportOptions): Promise<HubTransport> {
  const found = await findUws();
  if ('uws' in found) return createUwsTransport(found.uws, options);
  options.logger.warn({ event: 'native-transport-missing', err: found.cause });
  return createNodeTransport(options);
}
