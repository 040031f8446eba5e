import { openUdp, sendRtp } from '@souk/broadcast/testing/rtp-sender';
import { createId } from '@souk/protocol/ids';
import { createLogger } from '@souk/runtime/logger';
import { observer, type types } from 'mediasoup';
import { afterEach, expect, it } from 'vitest';
import { vp8Track } from '../../testing/media-samples.ts';
import { createMediasoupBackend } from './mediasoup-backend.ts';
import { KEY_FRAME_REQUEST_DELAY_MS } from './publish-link.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const VIEWERS_ON_EACH_WORKER = 20;
/** What a timer of the worker and a busy machine may be early or late by. */
const TOLERANCE_MS = 150;
/** Begin of a VP8 frame (RFC 7741), a key frame and another one. */
const KEY_FRAME = Buffer.from([0x10, 0x00, 0x00, 0x00]);
const OTHER_FRAME = Buffer.from([0x10, 0x01, 0x00, 0x00]);

async function startBackend() {
  const routers: types.Router[] = [];
  const onWorker = (worker: types.Worker) =>
    worker.observer.on('newrouter', (router) => routers.push(router));
  observer.on('newworker', onWorker);
  const sfu = createMediasoupBackend({
    workers: 2,
    rtcPort: 0,
    addresses: [{ ip: '127.0.0.1' }],
    workerBin: process.env['MEDIASOUP_WORKER_BIN'],
    logger: createLogger({ name: 'test', level: 'silent' }),
    consumersPerRouter: 1,
    connectTimeoutMs: 60_000,
  });
  cleanUps.push(
    () => observer.off('newworker', onWorker),
    () => sfu.stop(),
  );
  await sfu.start();
  return { sfu, routers };
}

/** A viewer as the worker sees one: connected, and in want of key frames. */
async function addViewer(router: types.Router, producerId: string): Promise<types.Consumer> {
  const transport = await router.createPlainTransport({ listenInfo: { protocol: 'udp', ip: '127.0.0.1' } });
  await transport.connect({ ip: '127.0.0.1', port: 9 });
  return transport.consume({ producerId, rtpCapabilities: router.rtpCapabilities });
}

/** Sends video, and a key frame when asked; notes when it was asked (RFC 4585, 6.3.1). */
async function sendVideo(ports: { readonly port: number; readonly rtcpPort: number }) {
  const [rtp, rtcp] = await Promise.all([openUdp(), openUdp()]);
  const askedAt: number[] = [];
  let isAsked = false;
  rtcp.socket.on('message', (packet: Buffer) => {
    for (let at = 0; at + 4 <= packet.length; at += 4 + 4 * packet.readUInt16BE(at + 2)) {
      if (packet.readUInt8(at + 1) !== 206 || (packet.readUInt8(at) & 0x1f) !== 1) continue;
      askedAt.push(performance.now());
      isAsked = true;
    }
  });
  const stop = sendRtp(
    rtp,
    { ip: '127.0.0.1', port: ports.port },
    {
      ...vp8Track,
      get payload() {
        const payload = isAsked ? KEY_FRAME : OTHER_FRAME;
        isAsked = false;
        return payload;
      },
    },
  );
  // The first report says where requests are sent to.
  const report = Buffer.alloc(28);
  report.writeUInt32BE(0x80c80006, 0);
  report.writeUInt32BE(vp8Track.ssrc, 4);
  rtcp.socket.send(report, ports.rtcpPort, '127.0.0.1');
  cleanUps.push(
    stop,
    () => rtp.close(),
    () => rtcp.close(),
  );
  return askedAt;
}

it('asks a publisher for key frames no more often than the bound, however many viewers of two workers want one', async () => {
  const { sfu, routers } = await startBackend();
  const room = await sfu.openRoom(createId('show'));
  const streamId = createId('stream');
  const feed = await room.ingest(streamId, [{ ...vp8Track, answersKeyFrameRequests: true }]);
  const [ports] = feed.ports;
  if (ports === undefined) throw new Error('a feed has ports');
  const links = await Promise.all([1, 2].map(() => room.watch(streamId, sfu.rtpCapabilities)));
  const producerId = links[0]?.consumers[0]?.producerId ?? '';
  expect(sfu.figures().branches).toBe(1);
  const askedAt = await sendVideo(ports);
  const viewers = await Promise.all(
    routers.flatMap((router) =>
      Array.from({ length: VIEWERS_ON_EACH_WORKER }, () => addViewer(router, producerId)),
    ),
  );
  const ASKED = 4;
  while (askedAt.length < ASKED) await Promise.all(viewers.map((viewer) => viewer.requestKeyFrame()));
  const lastedMs = (askedAt[ASKED - 1] ?? 0) - (askedAt[0] ?? 0);
  expect(lastedMs).toBeGreaterThan((ASKED - 1) * KEY_FRAME_REQUEST_DELAY_MS - TOLERANCE_MS);
});
