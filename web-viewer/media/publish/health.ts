/** One reading of what is being sent; counters since the start of the connection. */
export interface SendSample {
  /** Wall clock of the reading, milliseconds. */
  readonly atMs: number;
  readonly bytesSent: number;
  readonly framesPerSecond: number;
  readonly width: number;
  readonly height: number;
  readonly limitedBy: 'none' | 'cpu' | 'bandwidth' | 'other';
  /** Part of the packets that the server did not get, 0 to 1. */
  readonly lossRatio: number;
  /** Null until it was measured. */
  readonly roundTripMs: number | null;
  /** What the browser believes that the network carries upwards, bits per second; null until it knows. */
  readonly availableBps: number | null;
}

export type HealthLevel = 'good' | 'fair' | 'poor';

/** What the host reads: a word, and the figures behind it. */
export interface PublishHealth {
  readonly level: HealthLevel;
  readonly bitrateBps: number;
  readonly framesPerSecond: number;
  readonly width: number;
  readonly height: number;
  readonly limitedBy: SendSample['limitedBy'];
  readonly lossRatio: number;
  readonly roundTripMs: number | null;
}

const POOR = { framesPerSecond: 8, lossRatio: 0.1, bitrateBps: 80_000 };
const FAIR = { framesPerSecond: 18, lossRatio: 0.03, roundTripMs: 400 };

/**
 * Turns two readings, the older first, into a word and figures. Without a `moving` picture (the camera is off)
 * neither frames nor bits say anything.
 */
export function describeHealth(before: SendSample, after: SendSample, moving = true): PublishHealth {
  const seconds = Math.max(0.001, (after.atMs - before.atMs) / 1000);
  const bitrateBps = Math.max(0, Math.round(((after.bytesSent - before.bytesSent) * 8) / seconds));
  const { framesPerSecond, width, height, limitedBy, lossRatio, roundTripMs } = after;
  const level = worse(levelOfPath(after), moving ? levelOfPicture(after, bitrateBps) : 'good');
  return { level, bitrateBps, framesPerSecond, width, height, limitedBy, lossRatio, roundTripMs };
}

function levelOfPicture({ framesPerSecond }: SendSample, bitrateBps: number): HealthLevel {
  if (framesPerSecond < POOR.framesPerSecond || bitrateBps < POOR.bitrateBps) return 'poor';
  return framesPerSecond < FAIR.framesPerSecond ? 'fair' : 'good';
}

function levelOfPath(path: Path): HealthLevel {
  if (path.lossRatio > POOR.lossRatio) return 'poor';
  return isPathBad(path) ? 'fair' : 'good';
}

type Path = Pick<SendSample, 'lossRatio' | 'roundTripMs'>;

/** True when much gets lost or comes late: then it is the connection that the host can mend. */
export function isPathBad({ lossRatio, roundTripMs }: Path): boolean {
  return lossRatio > FAIR.lossRatio || (roundTripMs ?? 0) > FAIR.roundTripMs;
}

const ranks = ['poor', 'fair', 'good'] as const satisfies readonly HealthLevel[];

function worse(a: HealthLevel, b: HealthLevel): HealthLevel {
  return ranks.find((level) => level === a || level === b) ?? 'good';
}

interface SendStats {
  readonly type: string;
  readonly kind?: string;
  readonly bytesSent?: number;
  readonly framesPerSecond?: number;
  readonly frameWidth?: number;
  readonly frameHeight?: number;
  readonly qualityLimitationReason?: string;
  readonly fractionLost?: number;
  readonly roundTripTime?: number;
  readonly nominated?: boolean;
  readonly availableOutgoingBitrate?: number;
}

/** Sums the layers of one report (RTCStats dictionaries); the picture is that of the largest layer that is being sent. */
export function readSample(reports: Iterable<unknown>, atMs: number): SendSample {
  const stats = [...reports] as SendStats[];
  const layers = stats.filter((entry) => entry.type === 'outbound-rtp');
  const video = layers.filter((entry) => entry.kind === 'video' && (entry.framesPerSecond ?? 0) > 0);
  const largest = video.reduce<SendStats | undefined>(
    (best, layer) => ((layer.frameWidth ?? 0) > (best?.frameWidth ?? 0) ? layer : best),
    undefined,
  );
  const heard = stats.filter((entry) => entry.type === 'remote-inbound-rtp');
  const trips = heard.flatMap((entry) => entry.roundTripTime ?? []);
  const path = stats.find((entry) => entry.type === 'candidate-pair' && entry.nominated === true);
  return {
    atMs,
    bytesSent: layers.reduce((sum, layer) => sum + (layer.bytesSent ?? 0), 0),
    framesPerSecond: Math.round(largest?.framesPerSecond ?? 0),
    width: largest?.frameWidth ?? 0,
    height: largest?.frameHeight ?? 0,
    limitedBy: limitOf(layers),
    lossRatio: Math.max(0, ...heard.map((entry) => entry.fractionLost ?? 0)),
    roundTripMs: trips.length === 0 ? null : Math.round(Math.max(...trips) * 1_000),
    availableBps: path?.availableOutgoingBitrate ?? null,
  };
}

function limitOf(layers: readonly SendStats[]): SendSample['limitedBy'] {
  const reasons = layers.map((layer) => layer.qualityLimitationReason);
  if (reasons.includes('bandwidth')) return 'bandwidth';
  if (reasons.includes('cpu')) return 'cpu';
  return reasons.includes('other') ? 'other' : 'none';
}
