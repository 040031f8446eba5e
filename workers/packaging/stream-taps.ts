import type { AiredStream } from '@souk/protocol/http/internal';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import { createLayerChoice } from './rtp/layer-choice.ts';
import type { TrackFeed } from './rtp/track-feed.ts';
import type { TapClient } from './tap-client.ts';
import { openTrackTap, type TrackTap } from './track-tap.ts';

/** The tracks of one stream, as far as they arrive. */
export interface StreamTaps {
  /** The layers of the picture that are worth to be packaged, smallest first, and the sound, as far as they arrive. */
  alive(): [pictures: readonly TrackFeed[], sound: TrackFeed | undefined];
  /** True when all that the stream should have arrives. */
  isComplete(): boolean;
  /** A run has begun with what is alive: from now on a layer that comes has to stay for a while before it counts. */
  noteRun(): void;
  update(stream: AiredStream): void;
  /** Opens all taps anew: what comes through them makes no picture. */
  renew(): void;
  close(): void;
}

export interface StreamTapsDeps {
  readonly taps: TapClient;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A track is gone when nothing was heard of it for so long; microphones send when nobody speaks, too. */
const SILENCE_MS = 3_000;
const CHECK_EVERY_MS = 500;

interface Wanted {
  readonly kind: 'audio' | 'video';
  readonly spatialLayer?: number;
}

/** Opens a tap for each layer and track of a stream, and opens those anew that end while the stream lives. */
export function createStreamTaps(stream: AiredStream, deps: StreamTapsDeps): StreamTaps {
  const { clock, logger } = deps;
  let current = stream;
  let isClosed = false;
  const open = new Map<string, TrackTap>();
  const opening = new Set<string>();

  const openOne = async (name: string, request: Wanted): Promise<void> => {
    opening.add(name);
    try {
      const tap = await openTrackTap({ client: deps.taps, stream: current, request, clock, logger });
      if (isClosed) tap.close();
      else open.set(name, tap);
    } catch (err) {
      logger.info({ event: 'tap-not-opened', streamId: current.streamId, name, err });
    } finally {
      opening.delete(name);
    }
  };
  const check = (): void => {
    const wanted = wantedOf(current);
    for (const [name, tap] of open) {
      if (!tap.hasEnded && wanted.has(name)) continue;
      tap.close();
      open.delete(name);
    }
    for (const [name, request] of wanted) {
      if (!open.has(name) && !opening.has(name)) void openOne(name, request);
    }
  };
  check();
  const timer = setInterval(check, CHECK_EVERY_MS);
  const isAlive = ({ feed }: TrackTap): boolean => clock.now() - feed.lastArrivalMs < SILENCE_MS;
  const choice = createLayerChoice(clock);
  const findAlive = (kind: Wanted['kind']): Map<string, TrackFeed> => {
    const living = new Map<string, TrackFeed>();
    for (const [name, request] of wantedOf(current)) {
      const tap = open.get(name);
      if (request.kind === kind && tap !== undefined && isAlive(tap)) living.set(name, tap.feed);
    }
    return living;
  };
  const alive: StreamTaps['alive'] = () => {
    const layers = findAlive('video');
    const chosen = choice.choose(layers).flatMap((name) => layers.get(name) ?? []);
    return [chosen, findAlive('audio').get('audio')];
  };
  return {
    alive,
    isComplete() {
      const [pictures, sound] = alive();
      return pictures.length + (sound === undefined ? 0 : 1) === wantedOf(current).size;
    },
    noteRun: choice.noteRun,
    update(next) {
      current = next;
    },
    renew() {
      for (const tap of open.values()) tap.close();
      open.clear();
      check();
    },
    close() {
      isClosed = true;
      clearInterval(timer);
      for (const tap of open.values()) tap.close();
    },
  };
}

/** Only H264 is worth more than its best layer: it is copied, the rest is encoded anew. */
function wantedOf({ tracks }: AiredStream): ReadonlyMap<string, Wanted> {
  const wanted = new Map<string, Wanted>();
  for (const { kind, mimeType, spatialLayers } of tracks) {
    if (kind === 'audio') wanted.set('audio', { kind });
    else if (mimeType.toLowerCase() !== 'video/h264' || spatialLayers === 1) wanted.set('video', { kind });
    else
      for (let spatialLayer = 0; spatialLayer < spatialLayers; spatialLayer += 1)
        wanted.set(`video-${spatialLayer}`, { kind, spatialLayer });
  }
  return wanted;
}
