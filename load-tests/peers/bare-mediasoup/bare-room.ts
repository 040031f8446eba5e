import { createWorker, type types } from 'mediasoup';

/** A WebRTC connection to the bare SFU. */
export interface BareSession {
  readonly transport: types.WebRtcTransport;
  readonly consumers: readonly types.Consumer[];
}

export interface BareRoom {
  readonly rtpCapabilities: types.RtpCapabilities;
  publish(): Promise<BareSession>;
  produce(session: BareSession, options: types.ProducerOptions): Promise<types.Producer>;
  watch(rtpCapabilities: types.RtpCapabilities): Promise<BareSession>;
  readStats(): Promise<void>;
  close(): void;
}

export interface BareRoomOptions {
  readonly workers: number;
  readonly workerBin: string | undefined;
  /** Consumers on the first router before the others get some. */
  readonly consumersPerRouter: number;
}

interface Seat {
  readonly router: types.Router;
  readonly server: types.WebRtcServer;
  consumers: number;
}

const codecs: types.RouterRtpCodecCapability[] = [
  { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
];

/** mediasoup with as little around it as works: one show, a router on each worker, producers piped to all of them. */
export async function createBareRoom(options: BareRoomOptions): Promise<BareRoom> {
  const { workers: count, workerBin, consumersPerRouter } = options;
  const workers = await Promise.all(
    Array.from({ length: count }, () =>
      createWorker({ logLevel: 'error', ...(workerBin === undefined ? {} : { workerBin }) }),
    ),
  );
  const seats = await Promise.all(workers.map(openSeat));
  const [home] = seats;
  if (home === undefined) throw new RangeError('at least one worker is needed');
  const producers: types.Producer[] = [];
  const piped = new Map<Seat, Promise<unknown>>();

  /** The first until it is full, then whichever has the least. */
  const chooseSeat = (): Seat => {
    if (home.consumers + producers.length <= consumersPerRouter) return home;
    return seats.reduce((least, seat) => (seat.consumers < least.consumers ? seat : least));
  };
  const pipeTo = async (seat: Seat): Promise<void> => {
    if (seat === home) return;
    const pipes =
      piped.get(seat) ??
      Promise.all(
        producers.map(({ id }) => home.router.pipeToRouter({ producerId: id, router: seat.router })),
      );
    piped.set(seat, pipes);
    await pipes;
  };
  const connectTo = (seat: Seat): Promise<types.WebRtcTransport> =>
    seat.router.createWebRtcTransport({
      webRtcServer: seat.server,
      initialAvailableOutgoingBitrate: 1_500_000,
    });
  return {
    rtpCapabilities: home.router.rtpCapabilities,
    publish: async () => ({ transport: await connectTo(home), consumers: [] }),
    async produce({ transport }, produced) {
      const producer = await transport.produce(produced);
      producers.push(producer);
      return producer;
    },
    async watch(rtpCapabilities) {
      const seat = chooseSeat();
      seat.consumers += producers.length;
      await pipeTo(seat);
      const transport = await connectTo(seat);
      transport.observer.once('close', () => {
        seat.consumers -= producers.length;
      });
      const consumers = await Promise.all(
        producers.map(({ id }) => transport.consume({ producerId: id, rtpCapabilities, paused: true })),
      );
      return { transport, consumers };
    },
    async readStats() {
      await Promise.all(producers.map((producer) => producer.getStats()));
    },
    close() {
      for (const worker of workers) worker.close();
    },
  };
}

async function openSeat(worker: types.Worker): Promise<Seat> {
  const server = await worker.createWebRtcServer({
    listenInfos: (['udp', 'tcp'] as const).map((protocol) => ({ protocol, ip: '127.0.0.1' })),
  });
  return { router: await worker.createRouter({ mediaCodecs: codecs }), server, consumers: 0 };
}
