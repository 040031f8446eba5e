import { createId } from '@souk/protocol/ids';
import { createEntry, type Entry, type NewEntry } from '@souk/protocol/timeline/entries';
import { foldShow } from '@souk/protocol/timeline/reducer';
import type { OnEntries, OnHole, TimelineTail } from '@souk/timeline/tail';
import type { Timeline } from '@souk/timeline/timeline';
import { expect, it, vi } from 'vitest';
import { createShowFollower } from './show-follower.ts';

const showId = createId('show');
const userId = createId('user');
const withId = (entry: NewEntry, index: number): Entry => ({ ...entry, id: `1-${index + 1}` });
const wentLive = createEntry('show:went-live', 1, {});
const banned = createEntry('user:banned', 1, { userId, name: 'Vi', scope: 'show', reason: '' }, userId);
const ended = createEntry('show:ended', 1, { reason: 'ended-by-host' });

/** A followed show whose timeline is told by hand. */
async function followShow() {
  let entries = [wentLive];
  let tell: OnEntries = () => undefined;
  let tellHole: OnHole = () => undefined;
  const follow = vi.fn<TimelineTail['follow']>((_showId, _after, onEntries, _epoch, onHole) => {
    tell = onEntries;
    tellHole = onHole ?? (() => undefined);
    return () => undefined;
  });
  const timeline: Pick<Timeline, 'loadState' | 'readAll'> = {
    loadState: async () => ({ epoch: 'one', state: foldShow(entries.map(withId)) }),
    async *readAll() {},
  };
  const shows = createShowFollower({ timeline: timeline as Timeline, tail: { follow } as never });
  const happened: string[] = [];
  shows.onSentOut((_showId, who, reason) => happened.push(`${who} ${reason}`));
  shows.onEnded(() => happened.push('ended'));
  shows.onRestored((_showId, { lastId }) => happened.push(`restored to ${lastId}`));
  await shows.getState(showId);
  const hole = async (behind: NewEntry[]): Promise<void> => {
    entries = [wentLive, ...behind];
    const count = happened.length;
    tellHole('1-1');
    await vi.waitFor(() => expect(happened.length).toBeGreaterThan(count));
  };
  return { shows, happened, follow, hole, tell: (told: NewEntry[]) => tell(told.map(withId), 'one') };
}

it('learns from the state what happened while the timeline was trimmed in front of it', async () => {
  const { shows, happened, follow, hole } = await followShow();
  await hole([banned]);
  expect(happened).toEqual([`${userId} banned`, 'restored to 1-2']);
  expect(shows.findBan(showId, userId)).toBe(true);
  expect(follow).toHaveBeenLastCalledWith(showId, '1-2', expect.anything(), 'one', expect.anything());
});

it('learns so of the end of the show', async () => {
  const { happened, hole } = await followShow();
  await hole([ended]);
  expect(happened).toEqual(['ended']);
});
