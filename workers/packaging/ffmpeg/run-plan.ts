import type { TrackFeed } from '../rtp/track-feed.ts';
import { type Slot, slotsOfLayers } from '../slots.ts';

/** What one ffmpeg makes: which tracks go in, and what comes out for each slot. */
export interface RunPlan {
  readonly inputs: readonly TrackFeed[];
  readonly outputs: readonly RunOutput[];
}

export interface RunOutput {
  readonly slot: Slot;
  readonly picture: Picture;
  /** Place among the inputs; undefined for silence. */
  readonly sound: number | undefined;
}

export type Picture =
  | { readonly mode: 'copy'; readonly input: number }
  | { readonly mode: 'encode'; readonly input: number; readonly shortSide: number; readonly kbps: number }
  /** A black picture for sound alone: every segment has both, so that players need not change anything. */
  | { readonly mode: 'black' };

/** The ladder for what cannot be copied. */
const ladder = [
  { slot: 'high', shortSide: 720, kbps: 1_800 },
  { slot: 'low', shortSide: 360, kbps: 500 },
] as const;

/**
 * Plans a run. `pictures` are the layers of the picture, smallest first. H264 is copied, one layer to each slot;
 * of anything else the best layer is encoded. Undefined when there is nothing.
 */
export function planRun(pictures: readonly TrackFeed[], sound: TrackFeed | undefined): RunPlan | undefined {
  const best = pictures.at(-1);
  const sounds = sound === undefined ? [] : [sound];
  if (best === undefined) {
    if (sound === undefined) return undefined;
    return { inputs: sounds, outputs: [{ slot: 'high', picture: { mode: 'black' }, sound: 0 }] };
  }
  if (best.codec !== 'H264') {
    const outputs = ladder.map(
      ({ slot, shortSide, kbps }): RunOutput => ({
        slot,
        picture: { mode: 'encode', input: 0, shortSide, kbps },
        sound: sound === undefined ? undefined : 1,
      }),
    );
    return { inputs: [best, ...sounds], outputs };
  }
  const places = slotsOfLayers(pictures.length);
  const outputs = pictures.map(
    (_, layer): RunOutput => ({
      slot: places[layer] ?? 'high',
      picture: { mode: 'copy', input: layer },
      sound: sound === undefined ? undefined : pictures.length,
    }),
  );
  return { inputs: [...pictures, ...sounds], outputs };
}
