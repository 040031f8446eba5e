import type { FanOutServer } from './fan-out-server.ts';
import { listenAnywhere, loadUws } from './uws.ts';

const TOPIC = 'show';
/** Enough that nobody of this bench is ever left out. */
const MAX_BACKLOG_BYTES = 64 * 1_024 * 1_024;

/** uWebSockets.js alone: every connection is subscribed, every message is published. */
export async function startRawUws(): Promise<FanOutServer> {
  const uws = await loadUws();
  const app = uws.App();
  app.ws('/', {
    maxBackpressure: MAX_BACKLOG_BYTES,
    open: (socket) => void socket.subscribe(TOPIC),
  });
  return {
    port: await listenAnywhere(uws, app),
    publish: (message) => void app.publish(TOPIC, JSON.stringify(message)),
  };
}
