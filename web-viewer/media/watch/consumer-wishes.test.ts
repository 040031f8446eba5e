import { expect, it, vi } from 'vitest';
import { createConsumerWishes } from './consumer-wishes.ts';
import type { WatchWish } from './watch-wish.ts';

const consumers = [
  { id: 'sound', producerId: 'a', kind: 'audio' as const, rtpParameters: {} },
  { id: 'picture', producerId: 'v', kind: 'video' as const, rtpParameters: {} },
];
const seen: WatchWish = { quality: 'auto', isSeen: true };
const settled = () => new Promise((resolve) => setTimeout(resolve));

function wishes() {
  const calls: string[] = [];
  const api = {
    switchConsumer: vi.fn(async (_session: string, id: string, action: string) => {
      calls.push(`${action} ${id}`);
    }),
    limitLayers: vi.fn(async (_session: string, id: string, layer: number) => {
      calls.push(`layer ${layer} of ${id}`);
    }),
  };
  return { calls, ...createConsumerWishes(api, 'session', consumers) };
}

it('says nothing while everything is wanted, as the server begins', async () => {
  const { calls, want } = wishes();
  want(seen);
  await settled();
  expect(calls).toEqual([]);
});

it('stops the picture of a hidden page, never its sound, and brings it back', async () => {
  const { calls, want } = wishes();
  want({ ...seen, isSeen: false });
  await settled();
  want(seen);
  await settled();
  expect(calls).toEqual(['pause picture', 'resume picture']);
});

it('asks for the smallest layer to save data', async () => {
  const { calls, want } = wishes();
  want({ ...seen, quality: 'saver' });
  await settled();
  want(seen);
  await settled();
  expect(calls).toEqual(['layer 0 of picture', 'layer 2 of picture']);
});

it('ends with the newest wish when several come at once', async () => {
  const { calls, want } = wishes();
  want({ ...seen, quality: 'audio' });
  want({ ...seen, quality: 'saver' });
  want({ ...seen, quality: 'audio' });
  await settled();
  expect(calls).toEqual(['pause picture']);
});
