import { createId } from '@souk/protocol/ids';
import type { NewEntry } from '@souk/protocol/timeline/entries';
import { createLogger } from '@souk/runtime/logger';
import { describe, expect, it } from 'vitest';
import { createStreamAnnouncer } from './stream-announcer.ts';

const showId = createId('show');
const streamId = createId('stream');

function setUp(failures: number) {
  const done: unknown[] = [];
  const mustExist: unknown[] = [];
  let left = failures;
  const announcer = createStreamAnnouncer({
    timeline: {
      append: async (_showId, entry: NewEntry, options) => {
        left -= 1;
        if (left >= 0) throw new Error('Redis is away');
        done.push([entry.type, options?.dedupeKey]);
        mustExist.push(options?.mustExist);
        return { id: '1-1', epoch: 'one', duplicate: false, note: '' };
      },
    },
    jobs: { enqueue: async (name, _payload, options) => void done.push([name, options]) },
    clock: { now: () => 1_000 },
    logger: createLogger({ name: 'test', level: 'silent' }),
    hostGoneMs: 300_000,
  });
  return { announcer, done, mustExist };
}

describe('the announcer', () => {
  it('never begins a timeline: one that is lost is restored by those who know the show', async () => {
    const { announcer, mustExist } = setUp(0);
    announcer.started(showId, streamId, ['video'], 'page');
    announcer.stopped(showId, streamId, 'show-ended');
    await announcer.settled();
    expect(mustExist).toEqual([true, true]);
  });

  it('tells start and stop in order, and schedules the end of a show without a host', async () => {
    const { announcer, done } = setUp(0);
    announcer.started(showId, streamId, ['video'], 'page');
    announcer.stopped(showId, streamId, 'connection-lost');
    await announcer.settled();
    expect(done).toEqual([
      ['stream:started', `${streamId}:started`],
      ['stream:stopped', `${streamId}:stopped`],
      ['show-host-gone', { jobId: `${showId}:${streamId}`, delayMs: 300_000 }],
    ]);
  });

  it('tries again while Redis is away, and keeps the order', async () => {
    const { announcer, done } = setUp(2);
    announcer.started(showId, streamId, ['video'], 'page');
    announcer.stopped(showId, streamId, 'show-ended');
    await announcer.settled();
    expect(done).toEqual([
      ['stream:started', `${streamId}:started`],
      ['stream:stopped', `${streamId}:stopped`],
    ]);
  });
});
