import type { TemplatedApp, us_listen_socket } from 'uWebSockets.js';

type Uws = typeof import('uWebSockets.js');

/** Loads the native server. Rejects where there is no binary for this machine. */
export async function loadUws(): Promise<Uws> {
  const loaded: unknown = await import('uWebSockets.js');
  return (loaded as { default: Uws }).default;
}

/** Begins to listen on a free port, and gives it. */
export function listenAnywhere(uws: Uws, app: TemplatedApp): Promise<number> {
  return new Promise((resolve, reject) => {
    app.listen('127.0.0.1', 0, (socket: us_listen_socket | false) => {
      if (socket) resolve(uws.us_socket_local_port(socket));
      else reject(new Error('cannot listen on a free port'));
    });
  });
}
