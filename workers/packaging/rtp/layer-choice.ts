import type { Clock } from '@souk/runtime/clock';
import type { TrackFeed } from './track-feed.ts';

/** Chooses which layers of a picture are packaged. */
export interface LayerChoice {
  /** Of the layers that arrive by now, by name and smallest first, those that shall be packaged. */
  choose(layers: ReadonlyMap<string, Pick<TrackFeed, 'shape'>>): readonly string[];
  /** A run has begun: from now on each change costs another one. */
  noteRun(): void;
}

/** A layer that came later has to stay for so long before it is packaged; twice as long each time that it went away. */
export const FIRST_STAY_MS = 5_000;
export const LONGEST_STAY_MS = 160_000;

interface Layer {
  /** Since when it shows a picture of its own; undefined while it does not. */
  since: number | undefined;
  isChosen: boolean;
  stayMs: number;
}

/**
 * Browsers stop sending their larger layers while the network or the processor is short, and the SFU then shows the next
 * smaller one in their place. Each change of the layers takes another run, for ffmpeg cannot change in the midst of
 * one. So a layer that shows what the one below it shows is left out, and one that is back is waited for: a publisher
 * at the edge of what its network carries comes and goes each few seconds.
 */
export function createLayerChoice(clock: Clock): LayerChoice {
  const known = new Map<string, Layer>();
  let hasBegun = false;
  const find = (name: string): Layer => {
    const layer = known.get(name) ?? { since: undefined, isChosen: false, stayMs: FIRST_STAY_MS };
    known.set(name, layer);
    return layer;
  };
  const leave = (layer: Layer): void => {
    if (hasBegun && layer.isChosen) layer.stayMs = Math.min(layer.stayMs * 2, LONGEST_STAY_MS);
    layer.since = undefined;
    layer.isChosen = false;
  };
  return {
    choose(layers) {
      for (const [name, layer] of known) if (!layers.has(name)) leave(layer);
      const shapes = new Set<string>();
      return [...layers].flatMap(([name, { shape }]) => {
        const layer = find(name);
        if (shape !== '' && shapes.has(shape)) {
          leave(layer);
          return [];
        }
        shapes.add(shape);
        layer.since ??= clock.now();
        // The smallest is what there is: without it there would be no picture.
        const isWorth = shapes.size === 1 || !hasBegun || clock.now() - layer.since >= layer.stayMs;
        layer.isChosen ||= isWorth;
        return layer.isChosen ? [name] : [];
      });
    },
    noteRun() {
      hasBegun = true;
    },
  };
}
