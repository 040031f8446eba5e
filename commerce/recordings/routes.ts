import type { ShowId } from '@souk/protocol/ids';
import type { HandlersOf } from '../http/route-handlers.ts';
import type { RecordingManager } from './manage-recordings.ts';

export interface RecordingRoutesDeps {
  readonly recordings: RecordingManager;
  /** What pages of shows are kept for their audience. */
  readonly pages: { forget(showId: ShowId): void };
}

type RecordingNames = 'recording:get' | 'recording:set' | 'recording:remove';

export function createRecordingRoutes({
  recordings,
  pages,
}: RecordingRoutesDeps): HandlersOf<RecordingNames> {
  return {
    'recording:get': ({ params }) => recordings.get(params.showId),
    'recording:set': async ({ params, body }) => {
      const answer = await recordings.set(params.showId, body.isRecorded);
      pages.forget(params.showId);
      return answer;
    },
    'recording:remove': async ({ params, caller }) => {
      await recordings.remove(params.showId, caller.userId);
      pages.forget(params.showId);
      return {};
    },
  };
}
