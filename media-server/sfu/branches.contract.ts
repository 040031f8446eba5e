import type { StreamId } from '@souk/protocol/ids';
import { expect, it } from 'vitest';
import { options } from './contract-options.ts';
import type { PublishLink, SfuBackend, SfuRoom } from './sfu-backend.ts';

/** What a backend does that spreads the audience of a room by itself. */
export function describeBranches(
  sfu: SfuBackend,
  publishFeed: () => Promise<{ streamId: StreamId; room: SfuRoom; feed: PublishLink }>,
  allGone: () => Promise<void>,
): void {
  it('spreads an audience that is too large for one router, and gathers it again', async () => {
    const { room, streamId, feed } = await publishFeed();
    const links = await Promise.all(
      Array.from({ length: options.consumersPerRouter }, () => room.watch(streamId, sfu.rtpCapabilities)),
    );
    expect(sfu.figures()).toMatchObject({ rooms: 1, branches: 1 });
    for (const link of links) {
      expect(link.consumers.map(({ kind }) => kind).sort()).toEqual(['audio', 'video']);
      link.end('left');
    }
    await expect.poll(() => sfu.figures()).toMatchObject({ branches: 0, pipes: 0, consumers: 0 });
    feed.end('left');
    await allGone();
  });
}
