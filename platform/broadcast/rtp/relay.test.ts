import { afterEach, describe, expect, it } from 'vitest';
import { nextPacket, openUdp, type UdpEnd } from '../testing/rtp-sender.ts';
import { createRtpRelay, type RtpRelay } from './relay.ts';

const closes: (() => void)[] = [];
afterEach(() => {
  for (const close of closes.splice(0)) close();
});

async function setUp() {
  const time = { now: 1_800_000_000_000 };
  const late: number[] = [];
  const [sender, receiver] = await Promise.all([openUdp(), openUdp()]);
  const relay = await createRtpRelay({
    to: { ip: '127.0.0.1', port: receiver.port },
    extensionId: 10,
    clockRate: 90_000,
    clock: { now: () => time.now },
    onOffTime: (lateMs) => late.push(lateMs),
  });
  closes.push(sender.close, receiver.close, relay.close);
  const pass = (timestamp: number): Promise<Buffer> => send(sender, receiver, relay, timestamp);
  return { time, late, relay, pass };
}

async function send(sender: UdpEnd, receiver: UdpEnd, relay: RtpRelay, timestamp: number): Promise<Buffer> {
  const packet = Buffer.alloc(20);
  packet.writeUInt8(0x80, 0);
  packet.writeUInt32BE(timestamp >>> 0, 4);
  const passed = nextPacket(receiver, (candidate) => candidate.readUInt32BE(4) === timestamp >>> 0);
  sender.socket.send(packet, relay.port, '127.0.0.1');
  return passed;
}

/** Wall-clock milliseconds that stand in the only extension of a packet. */
function capturedAt(packet: Buffer): number {
  return (packet.readUInt32BE(17) - 2_208_988_800) * 1_000 + (packet.readUInt32BE(21) / 2 ** 32) * 1_000;
}

describe('the relay', () => {
  it('passes packets as they are until it knows when the first frame was captured', async () => {
    const { relay, pass } = await setUp();
    expect((await pass(1_000)).length).toBe(20);
    relay.setFirstFrame(1_800_000_000_000);
    expect((await pass(1_000)).length).toBe(36);
  });

  it('counts capture times from the first packet, across the wrap of RTP time', async () => {
    const { relay, pass } = await setUp();
    const first = 2 ** 32 - 90_000;
    relay.setFirstFrame(1_800_000_000_000);
    expect(capturedAt(await pass(first))).toBeCloseTo(1_800_000_000_000, 2);
    expect(capturedAt(await pass(first + 180_000))).toBeCloseTo(1_800_000_002_000, 2);
  });

  it('tells once when packets stay off time, and not of a passing delay', async () => {
    const { time, late, relay, pass } = await setUp();
    relay.setFirstFrame(time.now);
    await pass(0);
    time.now += 10_000;
    await pass(1);
    await pass(10 * 90_000);
    time.now += 10_000;
    await pass(2);
    expect(late).toEqual([]);
    time.now += 15_000;
    await pass(3);
    await pass(4);
    expect(late).toHaveLength(1);
    expect(late[0]).toBeGreaterThan(30_000);
  });
});
