import type { ShowId } from '@souk/protocol/ids';
import type { ObjectStore } from '@souk/storage/object-store';
import { z } from 'zod';
import { layout } from '../layout.ts';
import { readText } from '../show-shelf.ts';

const markSchema = z.object({ startedAt: z.number() });
/** What lies beside the files of a recording: what was captured before is not part of it. */
export type RecordingMark = z.infer<typeof markSchema>;

const keyOf = (showId: ShowId): string => `${layout.show(showId)}recording.json`;

/** Undefined when the show is not recorded. */
export async function readRecordingMark(
  store: ObjectStore,
  showId: ShowId,
): Promise<RecordingMark | undefined> {
  const found = await store.get(keyOf(showId));
  return found === undefined ? undefined : markSchema.parse(JSON.parse(await readText(found.body)));
}

export async function writeRecordingMark(
  store: ObjectStore,
  showId: ShowId,
  mark: RecordingMark,
): Promise<void> {
  const options = { contentType: 'application/json', cacheControl: 'no-store' };
  await store.put(keyOf(showId), Buffer.from(JSON.stringify(mark)), options);
}
