import type { types } from 'mediasoup';
import type { TrackFigures } from '../sfu-backend.ts';

/** Figures of tracks that arrive; the layers of a simulcast track are added up. */
export async function readTrackFigures(producers: readonly types.Producer[]): Promise<TrackFigures[]> {
  const living = producers.filter((producer) => !producer.closed);
  return Promise.all(
    living.map(async (producer) => {
      const stats = await producer.getStats();
      return {
        kind: producer.kind,
        bitrateBps: sum(stats.map((stat) => stat.bitrate)),
        packetsLost: sum(stats.map((stat) => stat.packetsLost)),
        score: Math.max(0, ...producer.score.map(({ score }) => score)),
      };
    }),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
