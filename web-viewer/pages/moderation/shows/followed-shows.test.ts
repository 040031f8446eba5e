import { createId } from '@souk/protocol/ids';
import { describe, expect, it } from 'vitest';
import { createShowFeed } from '../../../api/show-feed.ts';
import { createFollowedShows } from './followed-shows.ts';

const [one, two, three] = [createId('show'), createId('show'), createId('show')];

describe('following several shows', () => {
  it('begins and stops what changes, and leaves the others alone', () => {
    const steps: string[] = [];
    const followed = createFollowedShows({
      follow(showId) {
        steps.push(`follow ${showId}`);
        return { feed: createShowFeed(showId), stop: () => steps.push(`stop ${showId}`) };
      },
    });
    followed.follow([one, two]);
    const kept = followed.store.getState().shows.get(two);
    followed.follow([two, three]);
    expect(steps).toEqual([`follow ${one}`, `follow ${two}`, `stop ${one}`, `follow ${three}`]);
    expect(followed.store.getState().shows.get(two)).toBe(kept);
    followed.follow([]);
    expect(steps.slice(4)).toEqual([`stop ${two}`, `stop ${three}`]);
  });
});
