import type { ShowId } from '@souk/protocol/ids';
import type { Logger } from '@souk/runtime/logger';
import type { ObjectStore } from '@souk/storage/object-store';
import { findPictureFacts } from '../ffmpeg/mp4-boxes.ts';
import { cacheControls, contentTypes, INIT_NAME, layout } from '../layout.ts';
import { type OfferedRendition, writeMasterPlaylist } from '../playlists/master-playlist.ts';
import { type ListedSegment, writeMediaPlaylist } from '../playlists/media-playlist.ts';
import { type Slot, slots } from '../slots.ts';
import { findRecorded, type RecordedSegment } from './recorded-runs.ts';
import type { RecordingKeeping } from './recording-keeping.ts';
import { readRecordingMark } from './recording-mark.ts';

export interface FinishDeps {
  readonly store: ObjectStore;
  readonly keeping: Pick<RecordingKeeping, 'noteRecorded' | 'finishRecording'>;
  readonly logger: Logger;
}

/**
 * Ends the files of a show that has ended: writes the replay of what was recorded, or removes all when nothing was.
 * Everything is found in the storage, so any worker can do it, and do it again.
 */
export async function finishShow(deps: FinishDeps, showId: ShowId): Promise<void> {
  const { store, keeping, logger } = deps;
  const mark = await readRecordingMark(store, showId);
  if (mark !== undefined) {
    const recorded = findRecorded(await store.list(layout.media(showId)), showId, mark.startedAt);
    if (recorded.durationMs > 0) await writeReplay(store, showId, recorded.bySlot);
    await keeping.noteRecorded(showId, recorded);
    logger.info({
      event: 'recording-finished',
      showId,
      durationMs: recorded.durationMs,
      sizeBytes: recorded.sizeBytes,
    });
  }
  const status = await keeping.finishRecording(showId);
  if (status === 'active') return;
  await store.remove(status === 'ready' ? layout.live(showId) : layout.show(showId));
}

async function writeReplay(
  store: ObjectStore,
  showId: ShowId,
  bySlot: ReadonlyMap<Slot, readonly RecordedSegment[]>,
): Promise<void> {
  const put = (name: Slot | 'master', text: string): Promise<void> =>
    store.put(layout.playlist(showId, 'replay', name), Buffer.from(text), {
      contentType: contentTypes.playlist,
      cacheControl: cacheControls.playlist,
    });
  const offered: OfferedRendition[] = [];
  let former: string | undefined;
  for (const slot of slots) {
    const segments = bySlot.get(slot) ?? [];
    const [first] = segments;
    if (first === undefined) continue;
    const listed = segments.map(toListed);
    await put(
      slot,
      writeMediaPlaylist({ kind: 'replay', mediaSequence: 0, discontinuitySequence: 0, segments: listed }),
    );
    const same = listed.map(({ uri }) => uri).join();
    const rendition = same === former ? undefined : await describe(store, showId, slot, segments);
    former = same;
    if (rendition !== undefined) offered.push(rendition);
  }
  await put('master', writeMasterPlaylist(offered));
}

function toListed(segment: RecordedSegment, index: number, all: readonly RecordedSegment[]): ListedSegment {
  const folder = `../media/${segment.run}/${segment.slot}`;
  return {
    uri: `${folder}/${segment.name}`,
    map: `${folder}/${INIT_NAME}`,
    startMs: segment.startMs,
    durationMs: segment.durationMs,
    isDiscontinuity: index > 0 && all[index - 1]?.run !== segment.run,
  };
}

/** What a rendition is like: its size at the best moment, and its rate at the worst. */
async function describe(
  store: ObjectStore,
  showId: ShowId,
  slot: Slot,
  segments: readonly RecordedSegment[],
): Promise<OfferedRendition | undefined> {
  const peakBps = Math.max(...segments.map(({ sizeBytes, durationMs }) => (sizeBytes * 8_000) / durationMs));
  const last = segments.at(-1);
  if (last === undefined) return undefined;
  const found = await store.get(`${layout.media(showId)}${last.run}/${last.slot}/${INIT_NAME}`);
  if (found === undefined) return undefined;
  const parts: Buffer[] = [];
  for await (const part of found.body) parts.push(part);
  const facts = findPictureFacts(Buffer.concat(parts));
  return facts === undefined ? undefined : { slot, peakBps, ...facts };
}
