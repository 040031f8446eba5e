import { createId, type StreamId } from '@souk/protocol/ids';
import { createEntry, type Entry, type NewEntry } from '@souk/protocol/timeline/entries';
import { foldShow } from '@souk/protocol/timeline/reducer';
import type { OnEntries, TimelineTail } from '@souk/timeline/tail';
import type { Timeline } from '@souk/timeline/timeline';
import { expect, it } from 'vitest';
import { announceAgain } from './announce-again.ts';
import { createOnAir } from './on-air.ts';
import { createShowFollower } from './show-follower.ts';

const showId = createId('show');
const withId = (entry: NewEntry, index: number): Entry => ({ ...entry, id: `1-${index + 1}` });
const wentLive = createEntry('show:went-live', 1, {});
const started = (streamId: StreamId) => createEntry('stream:started', 1, { streamId, kinds: ['audio'] });

/** A followed show with a stream that can be watched, and what its tail tells. */
async function onAirIn(epoch: string) {
  const told: unknown[][] = [];
  let tell: OnEntries = () => undefined;
  const timeline: Pick<Timeline, 'loadState' | 'readAll'> = {
    loadState: async () => ({ epoch, state: foldShow([wentLive].map(withId)) }),
    async *readAll() {
      yield [wentLive].map(withId);
    },
  };
  const tail: Pick<TimelineTail, 'follow'> = {
    follow(_showId, _after, onEntries) {
      tell = onEntries;
      return () => undefined;
    },
  };
  const announcer = {
    started: (...args: unknown[]) => void told.push(args),
    stopped: () => undefined,
    clockCorrected: () => undefined,
    settled: async () => undefined,
  };
  const onAir = createOnAir({ announcer, clock: { now: () => 1 } });
  const shows = createShowFollower({ timeline: timeline as Timeline, tail: tail as TimelineTail });
  announceAgain({ shows, onAir, announcer });
  await shows.getState(showId);
  const stream = onAir.begin(showId, 'host');
  stream.addTrack('audio');
  stream.addTrack('video');
  told.splice(0);
  return { stream, told, tell: (entries: NewEntry[], of: string) => tell(entries.map(withId), of) };
}

it('tells of a stream once more when the timeline began anew without it', async () => {
  const { stream, told, tell } = await onAirIn('one');
  tell([wentLive], 'two');
  expect(told).toEqual([[showId, stream.streamId, ['audio', 'video'], 'page', { epoch: 'two' }]]);
  stream.ending.end('left');
});

it('tells of nothing that the timeline knows, nor of what is over', async () => {
  const { stream, told, tell } = await onAirIn('one');
  tell([wentLive], 'one');
  tell([wentLive, started(stream.streamId)], 'two');
  expect(told).toEqual([]);
  stream.ending.end('left');
  tell([wentLive], 'three');
  expect(told).toEqual([]);
});
