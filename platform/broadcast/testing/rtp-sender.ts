import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** A UDP socket of this machine with what it has received. */
export interface UdpEnd {
  readonly port: number;
  readonly socket: Socket;
  close(): void;
}

/** Opens a UDP socket on a free port of loopback. */
export async function openUdp(): Promise<UdpEnd> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { port: socket.address().port, socket, close: () => socket.close() };
}

/** Resolves with the first packet that fits. */
export function nextPacket(end: UdpEnd, fits: (packet: Buffer) => boolean): Promise<Buffer> {
  return new Promise((resolve) => {
    const look = (packet: Buffer): void => {
      if (!fits(packet)) return;
      end.socket.off('message', look);
      resolve(packet);
    };
    end.socket.on('message', look);
  });
}

/** Sends RTP packets (RFC 3550) with that payload each 20 ms, as a microphone does, until it is stopped. */
export function sendRtp(
  from: UdpEnd,
  to: { readonly ip: string; readonly port: number },
  stream: { readonly ssrc: number; readonly payloadType: number; readonly payload: Buffer },
): () => void {
  let sequence = 1;
  const send = (): void => {
    const header = Buffer.alloc(12);
    header.writeUInt8(0x80, 0);
    header.writeUInt8(stream.payloadType, 1);
    header.writeUInt16BE(sequence & 0xffff, 2);
    header.writeUInt32BE((sequence * 960) >>> 0, 4);
    header.writeUInt32BE(stream.ssrc, 8);
    from.socket.send(Buffer.concat([header, stream.payload]), to.port, to.ip);
    sequence += 1;
  };
  send();
  const timer = setInterval(send, 20);
  return () => clearInterval(timer);
}
