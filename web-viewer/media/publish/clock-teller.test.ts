import { describe, expect, it } from 'vitest';
import { createClockTeller } from './clock-teller.ts';

function setUp(told: number | undefined) {
  const clock = { offsetMs: told };
  const heard: number[] = [];
  const server = { isAway: false };
  const teller = createClockTeller({
    told,
    read: () => clock.offsetMs,
    tell: async (offsetMs) => {
      if (server.isAway) throw new Error('nobody answers');
      heard.push(offsetMs);
    },
  });
  const look = async (): Promise<void> => {
    teller.look();
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  };
  return { clock, heard, server, look };
}

describe('the clock of a page that publishes', () => {
  it('is told when it was measured better, and not for a trifle', async () => {
    const { clock, heard, look } = setUp(-38);
    await look();
    clock.offsetMs = -35;
    await look();
    expect(heard).toEqual([]);
    clock.offsetMs = 1;
    await look();
    await look();
    expect(heard).toEqual([1]);
  });

  it('is told when it was not measured before', async () => {
    const { clock, heard, look } = setUp(undefined);
    await look();
    clock.offsetMs = 0;
    await look();
    expect(heard).toEqual([0]);
  });

  it('is told again when nobody answered', async () => {
    const { clock, heard, server, look } = setUp(0);
    clock.offsetMs = 200;
    server.isAway = true;
    await look();
    server.isAway = false;
    await look();
    expect(heard).toEqual([200]);
  });
});
