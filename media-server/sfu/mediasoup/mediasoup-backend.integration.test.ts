import { networkInterfaces } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { nextPacket, openUdp, sendRtp } from '@souk/broadcast/testing/rtp-sender';
import { createId } from '@souk/protocol/ids';
import { createLogger } from '@souk/runtime/logger';
import { observer, type types } from 'mediasoup';
import { afterEach, describe, expect, it } from 'vitest';
import { opusTrack, vp8Track } from '../../testing/media-samples.ts';
import type { LinkEndReason } from '../sfu-backend.ts';
import { createMediasoupBackend } from './mediasoup-backend.ts';
import type { RtcAddress } from './rtc-addresses.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function startBackend(
  workers: number,
  addresses: readonly RtcAddress[] = [{ ip: '127.0.0.1' }],
  lookEveryMs?: number,
) {
  const seen: types.Worker[] = [];
  observer.on('newworker', (worker) => seen.push(worker));
  const sfu = createMediasoupBackend({
    workers,
    rtcPort: 0,
    addresses,
    workerBin: process.env['MEDIASOUP_WORKER_BIN'],
    logger: createLogger({ name: 'test', level: 'silent' }),
    roomIdleMs: 20,
    connectTimeoutMs: 60_000,
    ...(lookEveryMs === undefined ? {} : { lookEveryMs }),
  });
  stops.push(() => sfu.stop());
  await sfu.start();
  return { sfu, seen };
}

describe('the mediasoup backend', () => {
  it('starts shows on the least loaded worker', async () => {
    const { sfu, seen } = await startBackend(2);
    const busy = await sfu.openRoom(createId('show'));
    await busy.ingest(createId('stream'), [opusTrack, vp8Track]);
    const other = await sfu.openRoom(createId('show'));
    await other.ingest(createId('stream'), [opusTrack]);
    const routers = await Promise.all(seen.map(async (worker) => (await worker.dump()).routerIds.length));
    expect(routers).toEqual([1, 1]);
  });

  it('replaces a worker that was killed and ends what it carried with that reason', async () => {
    const { sfu, seen } = await startBackend(1);
    const showId = createId('show');
    const room = await sfu.openRoom(showId);
    const streamId = createId('stream');
    const feed = await room.ingest(streamId, [opusTrack, vp8Track]);
    const link = await room.watch(streamId, sfu.rtpCapabilities);
    const ended = new Promise<LinkEndReason>((resolve) => link.onEnd(resolve));
    process.kill(seen[0]?.pid ?? 0, 'SIGKILL');
    expect(await ended).toBe('worker-died');
    expect(feed.endReason).toBe('worker-died');
    await expect.poll(() => seen.length, { timeout: 5_000 }).toBe(2);
    await expect.poll(() => sfu.figures().workers, { timeout: 5_000 }).toBe(1);
    expect(sfu.figures()).toMatchObject({ workers: 1, rooms: 0, transports: 0, producers: 0, consumers: 0 });
    const again = await sfu.openRoom(showId);
    await again.ingest(createId('stream'), [opusTrack]);
    expect(sfu.figures()).toMatchObject({ rooms: 1, producers: 1 });
  });

  it('takes a worker that hangs for a dead one', async () => {
    const { sfu, seen } = await startBackend(1, undefined, 100);
    const room = await sfu.openRoom(createId('show'));
    const feed = await room.ingest(createId('stream'), [opusTrack]);
    const hung = seen[0]?.pid ?? 0;
    process.kill(hung, 'SIGSTOP');
    await expect.poll(() => feed.endReason, { timeout: 5_000 }).toBe('worker-died');
    expect(() => process.kill(hung, 0)).toThrow('ESRCH');
    await expect.poll(() => sfu.figures().workers, { timeout: 5_000 }).toBe(1);
    await (await sfu.openRoom(createId('show'))).ingest(createId('stream'), [opusTrack]);
  });

  it('leaves a worker alone that answers while this process is late', async () => {
    const lookEveryMs = 50;
    const { sfu, seen } = await startBackend(1, undefined, lookEveryMs);
    for (let round = 0; round < 5; round += 1) {
      const until = performance.now() + 4 * lookEveryMs;
      while (performance.now() < until);
      await nextTurn();
    }
    expect(seen[0]?.died).toBe(false);
    expect(sfu.figures().workers).toBe(1);
  });

  it('tells watchers of capture times only where the publisher sends them', async () => {
    const { sfu } = await startBackend(1);
    const room = await sfu.openRoom(createId('show'));
    const streamId = createId('stream');
    const { absCaptureTimeId: _, ...untimedSound } = opusTrack;
    await room.ingest(streamId, [untimedSound, vp8Track]);
    const { consumers } = await room.watch(streamId, sfu.rtpCapabilities);
    const timed = consumers.map(({ kind, rtpParameters }) => [
      kind,
      JSON.stringify(rtpParameters).includes('abs-capture-time'),
    ]);
    expect(Object.fromEntries(timed)).toEqual({ audio: false, video: true });
  });

  it('answers UNAVAILABLE while no worker runs', async () => {
    const { sfu } = await startBackend(1);
    await sfu.stop();
    await expect(async () => sfu.openRoom(createId('show'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('leaves nothing in the worker when the last link of a show has ended', async () => {
    const { sfu, seen } = await startBackend(1);
    const room = await sfu.openRoom(createId('show'));
    const streamId = createId('stream');
    const feed = await room.ingest(streamId, [opusTrack, vp8Track]);
    const links = await Promise.all(
      Array.from({ length: 5 }, () => room.watch(streamId, sfu.rtpCapabilities)),
    );
    for (const link of links) link.end('left');
    feed.end('left');
    await expect.poll(() => room.endReason).toBe('left');
    expect((await seen[0]?.dump())?.routerIds).toEqual([]);
  });

  it('offers UDP and TCP on every address, for networks that let nothing else through', async () => {
    const own = Object.values(networkInterfaces()).flatMap((infos) => infos ?? []);
    // Both families, where the machine has both.
    const loopback = own.filter(({ internal }) => internal).map(({ address: ip }) => ({ ip }));
    const { sfu } = await startBackend(1, loopback);
    const host = await (await sfu.openRoom(createId('show'))).publish(createId('stream'));
    const told = host.offer.iceCandidates.map((candidate) => [
      candidate['address'],
      candidate['protocol'],
      candidate['tcpType'],
    ]);
    expect(told).toEqual(
      loopback.flatMap(({ ip }) => [
        [ip, 'udp', undefined],
        [ip, 'tcp', 'passive'],
      ]),
    );
  });

  it('starts without an address that was only found and cannot be had', async () => {
    const gone = { ip: '2001:db8::1', isOptional: true } as const;
    const { sfu } = await startBackend(1, [{ ip: '127.0.0.1' }, gone]);
    const host = await (await sfu.openRoom(createId('show'))).publish(createId('stream'));
    expect(host.offer.iceCandidates.map(({ address }) => address)).toEqual(['127.0.0.1', '127.0.0.1']);
  });

  it('takes nothing from strangers, however much they send to its ports', async () => {
    const { sfu } = await startBackend(1);
    const room = await sfu.openRoom(createId('show'));
    const streamId = createId('stream');
    const feed = await room.ingest(streamId, [opusTrack]);
    const host = await room.publish(createId('stream'));
    const [sender, stranger, receiver] = await Promise.all([openUdp(), openUdp(), openUdp()]);
    const [ports] = feed.ports;
    const webRtcPort = Number(host.offer.iceCandidates[0]?.['port']);
    if (ports === undefined) throw new Error('a feed has ports');
    const isOurs = (packet: Buffer) => packet.includes('the bell');
    const taken: Buffer[] = [];
    receiver.socket.on('message', (packet: Buffer) => taken.push(packet));
    const to = { ip: '127.0.0.1', port: ports.port };
    const stop = sendRtp(sender, to, { ...opusTrack, payload: Buffer.from('the bell') });
    await room.tap(streamId, { kind: 'audio', to: { ip: '127.0.0.1', port: receiver.port } });
    await nextPacket(receiver, isOurs);
    const before = sfu.figures();
    const forged = Buffer.concat([
      Buffer.from([0x80, 111, 0, 1, 0, 0, 0, 1]),
      Buffer.alloc(4),
      Buffer.from('noise'),
    ]);
    forged.writeUInt32BE(opusTrack.ssrc, 8);
    for (let round = 0; round < 50; round += 1) {
      for (let packet = 0; packet < 40; packet += 1)
        for (const port of [ports.port, ports.rtcpPort, webRtcPort])
          stranger.socket.send(forged, port, '127.0.0.1');
      await nextPacket(receiver, isOurs);
    }
    stop();
    expect(taken.filter((packet) => packet.includes('noise'))).toEqual([]);
    expect(sfu.figures()).toEqual(before);
    expect([feed.endReason, host.endReason]).toEqual([null, null]);
    for (const end of [sender, stranger, receiver]) end.close();
  });
});
