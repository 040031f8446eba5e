import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readRtpTimestamp } from '@souk/broadcast/rtp/capture-time';
import type { RtpPort, RtpTrack } from '@souk/broadcast/rtp/track';
import { openUdp, type UdpEnd } from '@souk/broadcast/testing/rtp-sender';
import { type Tap, tapOpen } from '@souk/protocol/http/internal';
import { type StreamId, streamIdSchema } from '@souk/protocol/ids';
import { createTapForward, type TapForward } from './tap-forward.ts';

/** Serves taps of streams as media-server does, without asking who is there. */
export interface TapStandIn {
  readonly url: string;
  /** Opens a port for each track; layers of the picture stand smallest first. */
  openStream(streamId: StreamId, tracks: readonly RtpTrack[]): Promise<TestStream>;
  close(): void;
}

export interface TestStream {
  readonly ports: readonly RtpPort[];
  /** How many layers of the picture the publisher sends from now on, the smallest first; at first all. */
  sendLayers(count: number): void;
  end(): void;
}

interface OpenStream {
  readonly tracks: readonly RtpTrack[];
  readonly taps: Map<string, TapForward>;
}

/** Starts it on a free port of loopback. */
export async function createTapStandIn(): Promise<TapStandIn> {
  const streams = new Map<StreamId, OpenStream>();
  const socket = createSocket('udp4');
  const closes: (() => void)[] = [];

  const openTap = async (streamId: StreamId, request: IncomingMessage): Promise<Tap | undefined> => {
    const { ip, port, kind, spatialLayer } = tapOpen.body.parse(JSON.parse(await readBody(request)));
    const stream = streams.get(streamId);
    const layers = stream?.tracks.filter((track) => track.kind === kind) ?? [];
    const layer = Math.min(spatialLayer ?? layers.length - 1, layers.length - 1);
    const track = layers[layer];
    if (stream === undefined || track === undefined) return undefined;
    const id = crypto.randomUUID();
    const send = (packet: Buffer): void => socket.send(packet, port, ip);
    stream.taps.set(id, createTapForward({ kind, layer, codec: track.mimeType, send }));
    return { id, ...describe(track) };
  };
  const findTaps = (tapId: string): OpenStream | undefined =>
    [...streams.values()].find(({ taps }) => taps.has(tapId));
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const [, , what, name = ''] = (request.url ?? '').split('/');
      if (what === 'streams') {
        const data = await openTap(streamIdSchema.parse(name), request);
        response.writeHead(data === undefined ? 409 : 200).end(JSON.stringify({ ok: true, data }));
        return;
      }
      const stream = findTaps(name);
      if (request.method === 'DELETE') stream?.taps.delete(name);
      response.writeHead(stream === undefined ? 404 : 200).end('{}');
    };
    answer().catch(() => response.writeHead(500).end('{}'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async openStream(streamId, tracks) {
      const stream: OpenStream = { tracks, taps: new Map() };
      streams.set(streamId, stream);
      let sent = tracks.length;
      const ends = await Promise.all(tracks.map(() => Promise.all([openUdp(), openUdp()])));
      const pictures = tracks.filter(({ kind }) => kind === 'video');
      for (const [index, track] of tracks.entries()) {
        const layer = Math.max(0, pictures.indexOf(track));
        let firstTimestamp: number | undefined;
        ends[index]?.[0].socket.on('message', (bytes) => {
          firstTimestamp ??= readRtpTimestamp(bytes);
          for (const tap of stream.taps.values())
            if (tap.kind === track.kind) tap.take({ bytes, layer, sentLayers: sent, firstTimestamp });
        });
      }
      const close = (): void => {
        for (const end of ends.flat()) end.close();
      };
      closes.push(close);
      return {
        ports: tracks.map(({ kind }, index) => toPort(kind, ends[index])),
        sendLayers(count) {
          sent = count;
        },
        end: () => void streams.delete(streamId),
      };
    },
    close() {
      server.close();
      server.closeAllConnections();
      for (const close of closes) close();
      socket.close();
    },
  };
}

function toPort(kind: RtpPort['kind'], ends: readonly [UdpEnd, UdpEnd] | undefined): RtpPort {
  if (ends === undefined) throw new TypeError('each track has its ports');
  return { kind, ip: '127.0.0.1', port: ends[0].port, rtcpPort: ends[1].port };
}

function describe(track: RtpTrack): Omit<Tap, 'id'> {
  const { kind, mimeType, payloadType, clockRate, channels, parameters, ssrc, absCaptureTimeId } = track;
  return {
    ...{ kind, mimeType, payloadType, clockRate, ssrc, parameters: { ...parameters } },
    channels: channels ?? null,
    absCaptureTimeId: absCaptureTimeId ?? null,
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
}
