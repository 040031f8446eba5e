import type { TrackFigures } from '@souk/protocol/http/media';
import type { types } from 'mediasoup';

/** The fraction lost of a receiver report is in 256ths (RFC 3550, 6.4.1). */
const FRACTION_UNITS = 256;

/** Figures of tracks that arrive; the layers of a simulcast track are added up. */
export async function readTrackFigures(producers: readonly types.Producer[]): Promise<TrackFigures[]> {
  const living = producers.filter((producer) => !producer.closed);
  return Promise.all(
    living.map(async (producer) => {
      const stats = await producer.getStats();
      return {
        kind: producer.kind,
        mimeType: producer.rtpParameters.codecs[0]?.mimeType ?? '',
        bitrateBps: sum(stats.map((stat) => stat.bitrate)),
        packetsLost: sum(stats.map((stat) => stat.packetsLost)),
        lossRatio: Math.max(0, ...stats.map((stat) => stat.fractionLost / FRACTION_UNITS)),
        jitterMs: Math.max(0, ...stats.map((stat) => toMs(stat.jitter, producer))),
        roundTripMs: findRoundTripMs(stats),
        score: Math.max(0, ...producer.score.map(({ score }) => score)),
      };
    }),
  );
}

/** mediasoup tells jitter in units of the track's clock. */
function toMs(jitter: number, { rtpParameters }: types.Producer): number {
  const clockRate = rtpParameters.codecs[0]?.clockRate ?? 90_000;
  return (jitter / clockRate) * 1_000;
}

function findRoundTripMs(stats: readonly types.ProducerStat[]): number | null {
  const measured = stats.flatMap(({ roundTripTime }) => (roundTripTime ? [roundTripTime] : []));
  return measured.length === 0 ? null : Math.max(...measured);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
