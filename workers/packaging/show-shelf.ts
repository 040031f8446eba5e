import type { ShowId, StreamId } from '@souk/protocol/ids';
import type { Logger } from '@souk/runtime/logger';
import type { ObjectStore } from '@souk/storage/object-store';
import { findPictureFacts, type PictureFacts } from './ffmpeg/mp4-boxes.ts';
import type { Segment } from './ffmpeg/segmenter.ts';
import { cacheControls, contentTypes, INIT_NAME, layout, segmentName } from './layout.ts';
import { createLiveWindow, type LiveWindow } from './playlists/live-window.ts';
import { type OfferedRendition, writeMasterPlaylist } from './playlists/master-playlist.ts';
import { parseMediaPlaylist, writeMediaPlaylist } from './playlists/media-playlist.ts';
import { findStandIn, type Slot, slots } from './slots.ts';

/** Puts what ffmpeg makes of one show into the storage, and writes its live playlists. */
export interface ShowShelf {
  /** Begins a run: the files of its renditions go into a folder of their own. */
  openRun(streamId: StreamId, startMs: number, made: ReadonlySet<Slot>): RunShelf;
  /** Capture time of the end of what is published, Unix milliseconds; 0 before the first. */
  readonly publishedUntilMs: number;
  /** Resolves when all that was handed over is written. */
  settled(): Promise<void>;
}

export interface RunShelf {
  putInit(slot: Slot, bytes: Buffer): void;
  putSegment(slot: Slot, segment: Segment): void;
}

export interface ShowShelfOptions {
  readonly store: ObjectStore;
  readonly showId: ShowId;
  readonly logger: Logger;
  /** Told of each segment before it is published; true when it is kept for the recording. */
  readonly onSegment: (slot: Slot, segment: Segment, isBest: boolean) => Promise<boolean>;
}

/** A playlist that nobody has written to for so long is not gone on with. */
const STALE_MS = 60_000;
/** Nor one that says it is of the future by more than clocks of two machines differ. */
const FUTURE_MS = 5_000;
/** Segments stay so much longer than their playlist shows them, for players that are behind. */
const REMOVE_AFTER_SEGMENTS = 10;
/** Bits per second that a rendition is offered with at least: a publisher needs a while to reach them. */
const usualBps: Readonly<Record<Slot, number>> = { high: 1_500_000, mid: 500_000, low: 200_000 };
const HEADROOM = 1.25;

/** Opens the shelf of a show; goes on with the playlists that another worker has left. */
export async function openShowShelf(options: ShowShelfOptions & { nowMs: number }): Promise<ShowShelf> {
  const { store, showId, logger, onSegment } = options;
  const windows = new Map<Slot, LiveWindow>();
  for (const slot of slots) windows.set(slot, await loadWindow(options, slot));
  const unkept: string[][] = [];
  let queue: Promise<void> = Promise.resolve();
  let publishedUntilMs = 0;

  const enqueue = (work: () => Promise<void>): void => {
    queue = queue.then(work).catch((err: unknown) => {
      logger.error({ event: 'packaging-not-written', showId, err });
    });
  };
  const putText = (key: string, text: string): Promise<void> =>
    store.put(key, Buffer.from(text), {
      contentType: contentTypes.playlist,
      cacheControl: cacheControls.playlist,
    });
  const putMedia = (key: string, bytes: Buffer, contentType: string): Promise<void> =>
    store.put(key, bytes, { contentType, cacheControl: cacheControls.media });
  const publish = async (run: OpenRun, slot: Slot, segment: Segment): Promise<void> => {
    const folder = `../media/${run.folder}/${slot}`;
    const listed = { ...segment, uri: `${folder}/${segmentName(segment)}`, map: `${folder}/${INIT_NAME}` };
    for (const shown of slots.filter((candidate) => findStandIn(candidate, run.made) === slot)) {
      const window = windows.get(shown);
      if (window === undefined) continue;
      const { uri, map, startMs, durationMs } = listed;
      const newest = window.last;
      if (!window.add({ uri, map, startMs, durationMs })) {
        logger.warn({ event: 'segment-not-newer', showId, shown, startMs, newestStartMs: newest?.startMs });
        continue;
      }
      await putText(layout.playlist(showId, 'live', shown), writeMediaPlaylist(window.playlist('live')));
    }
  };
  const removeOld = async (): Promise<void> => {
    while (unkept.length > (REMOVE_AFTER_SEGMENTS + 10) * slots.length)
      for (const key of unkept.shift() ?? []) await store.remove(key);
  };

  return {
    openRun(streamId, startMs, made) {
      const run: OpenRun = {
        folder: layout.run(startMs, streamId),
        made,
        facts: new Map(),
        offered: new Map(),
      };
      const keyOf = (slot: Slot, name: string): string =>
        `${layout.media(showId)}${run.folder}/${slot}/${name}`;
      const best = slots.find((slot) => made.has(slot));
      return {
        putInit(slot, bytes) {
          const facts = findPictureFacts(bytes);
          if (facts !== undefined) run.facts.set(slot, facts);
          enqueue(() => putMedia(keyOf(slot, INIT_NAME), bytes, contentTypes.init));
        },
        putSegment(slot, segment) {
          enqueue(async () => {
            const key = keyOf(slot, segmentName(segment));
            const isKept = await onSegment(slot, segment, slot === best);
            await putMedia(key, segment.bytes, contentTypes.segment);
            await publish(run, slot, segment);
            if (slot === best) publishedUntilMs = segment.startMs + segment.durationMs;
            if (offer(run, slot, segment))
              await putText(layout.playlist(showId, 'live', 'master'), writeMasterPlaylist(offersOf(run)));
            if (!isKept) unkept.push([key]);
            await removeOld();
          });
        },
      };
    },
    get publishedUntilMs() {
      return publishedUntilMs;
    },
    settled: () => queue,
  };
}

interface OpenRun {
  readonly folder: string;
  readonly made: ReadonlySet<Slot>;
  readonly facts: Map<Slot, PictureFacts>;
  readonly offered: Map<Slot, OfferedRendition>;
}

/** Notes what a rendition is like from its first segment; true when that was the last one to wait for. */
function offer(run: OpenRun, slot: Slot, { bytes, durationMs }: Segment): boolean {
  const facts = run.facts.get(slot);
  if (facts === undefined || run.offered.has(slot)) return false;
  const measuredBps = ((bytes.length * 8) / durationMs) * 1_000 * HEADROOM;
  run.offered.set(slot, { slot, ...facts, peakBps: Math.max(measuredBps, usualBps[slot]) });
  return run.offered.size === run.made.size;
}

function offersOf(run: OpenRun): OfferedRendition[] {
  return slots.flatMap((slot) => run.offered.get(slot) ?? []);
}

async function loadWindow(
  { store, showId, nowMs }: ShowShelfOptions & { nowMs: number },
  slot: Slot,
): Promise<LiveWindow> {
  const found = await store.get(layout.playlist(showId, 'live', slot));
  if (found === undefined) return createLiveWindow(undefined);
  const playlist = parseMediaPlaylist(await readText(found.body));
  const last = playlist?.segments.at(-1);
  const agoMs = last === undefined ? STALE_MS : nowMs - last.startMs - last.durationMs;
  const isFresh = agoMs > -FUTURE_MS && agoMs < STALE_MS;
  return createLiveWindow(isFresh ? playlist : undefined);
}

/** Reads a small object whole. */
export async function readText(body: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}
