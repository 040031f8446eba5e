/** What arrives at this page now. */
export interface Reception {
  readonly bitrateBps: number;
  /** Height of the picture in pixels; 0 while there is none. */
  readonly height: number;
  readonly framesPerSecond: number;
  /** Part of the packets that were lost since the reading before, 0 to 1; null where that is not known. */
  readonly lossRatio: number | null;
  /** Null where it is not known. */
  readonly roundTripMs: number | null;
}

/** Counters since the connection began. */
export interface ReceiveSample {
  readonly atMs: number;
  readonly bytes: number;
  readonly packets: number;
  readonly packetsLost: number;
  readonly height: number;
  readonly framesPerSecond: number;
  readonly roundTripMs: number | null;
}

interface ReceiveStats {
  readonly type: string;
  readonly kind?: string;
  readonly bytesReceived?: number;
  readonly packetsReceived?: number;
  readonly packetsLost?: number;
  readonly frameHeight?: number;
  readonly framesPerSecond?: number;
  readonly nominated?: boolean;
  readonly currentRoundTripTime?: number;
}

/** Sums the tracks of one report (RTCStats dictionaries). */
export function readReceiveSample(reports: Iterable<unknown>, atMs: number): ReceiveSample {
  const stats = [...reports] as ReceiveStats[];
  const tracks = stats.filter(({ type }) => type === 'inbound-rtp');
  const sum = (pick: (entry: ReceiveStats) => number | undefined): number =>
    tracks.reduce((total, entry) => total + (pick(entry) ?? 0), 0);
  // Beside the picture stands a track that only probes how much the network carries.
  const picture = tracks.find(({ kind, frameHeight }) => kind === 'video' && frameHeight !== undefined);
  const path = stats.find(({ type, nominated }) => type === 'candidate-pair' && nominated === true);
  return {
    atMs,
    bytes: sum((entry) => entry.bytesReceived),
    packets: sum((entry) => entry.packetsReceived),
    packetsLost: sum((entry) => entry.packetsLost),
    height: picture?.frameHeight ?? 0,
    framesPerSecond: Math.round(picture?.framesPerSecond ?? 0),
    roundTripMs: path?.currentRoundTripTime === undefined ? null : path.currentRoundTripTime * 1_000,
  };
}

/** Turns two samples, the older first, into what arrives now. */
export function describeReception(before: ReceiveSample, after: ReceiveSample): Reception {
  const seconds = Math.max(0.001, (after.atMs - before.atMs) / 1_000);
  const lost = Math.max(0, after.packetsLost - before.packetsLost);
  const meant = lost + Math.max(0, after.packets - before.packets);
  return {
    bitrateBps: Math.max(0, Math.round(((after.bytes - before.bytes) * 8) / seconds)),
    height: after.height,
    framesPerSecond: after.framesPerSecond,
    lossRatio: meant === 0 ? null : lost / meant,
    roundTripMs: after.roundTripMs,
  };
}
