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
}

const POOR = { framesPerSecond: 8, lossRatio: 0.1, bitrateBps: 80_000 };
const FAIR = { framesPerSecond: 18, lossRatio: 0.03 };

/** Turns two readings, the older first, into a word and figures. */
export function describeHealth(before: SendSample, after: SendSample): PublishHealth {
  const seconds = Math.max(0.001, (after.atMs - before.atMs) / 1000);
  const bitrateBps = Math.max(0, Math.round(((after.bytesSent - before.bytesSent) * 8) / seconds));
  const { framesPerSecond, width, height, limitedBy } = after;
  return { level: levelOf(after, bitrateBps), bitrateBps, framesPerSecond, width, height, limitedBy };
}

function levelOf(sample: SendSample, bitrateBps: number): HealthLevel {
  const { framesPerSecond, lossRatio } = sample;
  if (framesPerSecond < POOR.framesPerSecond || lossRatio > POOR.lossRatio || bitrateBps < POOR.bitrateBps) {
    return 'poor';
  }
  if (framesPerSecond < FAIR.framesPerSecond || lossRatio > FAIR.lossRatio) return 'fair';
  return 'good';
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
}

/** Sums the layers of one report; the picture is that of the largest layer that is being sent. */
export function readSample(reports: Iterable<unknown>, atMs: number): SendSample {
  const stats = [...reports] as SendStats[];
  const layers = stats.filter((entry) => entry.type === 'outbound-rtp');
  const video = layers.filter((entry) => entry.kind === 'video' && (entry.framesPerSecond ?? 0) > 0);
  const largest = video.reduce<SendStats | undefined>(
    (best, layer) => ((layer.frameWidth ?? 0) > (best?.frameWidth ?? 0) ? layer : best),
    undefined,
  );
  const losses = stats.filter((entry) => entry.type === 'remote-inbound-rtp');
  return {
    atMs,
    bytesSent: layers.reduce((sum, layer) => sum + (layer.bytesSent ?? 0), 0),
    framesPerSecond: Math.round(largest?.framesPerSecond ?? 0),
    width: largest?.frameWidth ?? 0,
    height: largest?.frameHeight ?? 0,
    limitedBy: limitOf(layers),
    lossRatio: Math.max(0, ...losses.map((entry) => entry.fractionLost ?? 0)),
  };
}

function limitOf(layers: readonly SendStats[]): SendSample['limitedBy'] {
  const reasons = layers.map((layer) => layer.qualityLimitationReason);
  if (reasons.includes('bandwidth')) return 'bandwidth';
  if (reasons.includes('cpu')) return 'cpu';
  return reasons.includes('other') ? 'other' : 'none';
}
