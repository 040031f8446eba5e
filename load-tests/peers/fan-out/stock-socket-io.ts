import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { MESSAGE_EVENT } from '../../crowd/wire.ts';
import type { FanOutServer } from './fan-out-server.ts';

const ROOM = 'show';

/** socket.io as it comes, on ws. */
export async function startStockSocketIo(): Promise<FanOutServer> {
  const http = createServer();
  const io = new Server(http, { transports: ['websocket'], serveClient: false });
  io.on('connection', (socket) => void socket.join(ROOM));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    port: (http.address() as AddressInfo).port,
    publish: (message) => void io.to(ROOM).emit(MESSAGE_EVENT, message),
  };
}
