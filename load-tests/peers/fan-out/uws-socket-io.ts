import { Server } from 'socket.io';
import { MESSAGE_EVENT } from '../../crowd/wire.ts';
import type { FanOutServer } from './fan-out-server.ts';
import { listenAnywhere, loadUws } from './uws.ts';

const ROOM = 'show';

/** socket.io on uWebSockets.js, as its documentation says. Source: https://socket.io/docs/v4/server-installation/#usage-with-uwebsockets */
export async function startUwsSocketIo(): Promise<FanOutServer> {
  const uws = await loadUws();
  const app = uws.App();
  const io = new Server({ transports: ['websocket'], serveClient: false });
  io.attachApp(app);
  io.on('connection', (socket) => void socket.join(ROOM));
  return {
    port: await listenAnywhere(uws, app),
    publish: (message) => void io.to(ROOM).emit(MESSAGE_EVENT, message),
  };
}
