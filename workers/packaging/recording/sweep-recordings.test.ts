import { createId } from '@souk/protocol/ids';
import { createLogger } from '@souk/runtime/logger';
import { expect, it } from 'vitest';
import { layout } from '../layout.ts';
import { sweepRecordings } from './sweep-recordings.ts';

it('a recording whose files cannot be removed stays, and holds up no other', async () => {
  const [stuck, other] = [createId('show'), createId('show')];
  const removed: string[] = [];
  await sweepRecordings({
    store: {
      remove: async (key: string) => {
        if (key === layout.show(stuck)) throw new Error('the storage refuses');
      },
    },
    keeping: {
      findExpiredRecordings: async () => [stuck, other],
      markRecordingRemoved: async (showId) => {
        removed.push(showId);
      },
    },
    logger: createLogger({ name: 'sweep-test', level: 'silent' }),
  });
  expect(removed).toEqual([other]);
});
