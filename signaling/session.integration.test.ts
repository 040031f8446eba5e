import { systemClock } from '@souk/runtime/clock';
import { TOKEN_SECONDS } from '@souk/runtime/tokens';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { EXPIRY_GRACE_MS } from './connection/connections.ts';
import { connected, createHubClient, type HubClient } from './testing/hub-client.ts';
import { createViewer, type Person } from './testing/hub-world.ts';
import { createTestTokens, startHub } from './testing/start-hub.ts';

/** A clock that tests move. */
const clock = {
  offsetMs: 0,
  now: () => systemClock.now() + clock.offsetMs,
};

let tokens: Awaited<ReturnType<typeof createTestTokens>>;
let node: Awaited<ReturnType<typeof startHub>>;
beforeAll(async () => {
  tokens = await createTestTokens(clock);
  node = await startHub({ redisUrl: inject('redisUrl'), verifier: tokens.verifier, clock });
});
afterAll(() => node.stop());

const tokenOf = async ({ userId, name, grants }: Person): Promise<string> =>
  (await tokens.signer.signAccess({ sub: userId, name, grants: [...grants] })).token;
const connectAs = async (person: Person): Promise<HubClient> =>
  connected(createHubClient(node.url, await tokenOf(person)));
const passMs = (ms: number): void => {
  clock.offsetMs += ms;
};

describe('a session', () => {
  it('refuses an expired token at the door', async () => {
    const token = await tokenOf(createViewer());
    passMs(TOKEN_SECONDS * 1_000 + 1_000);
    const client = createHubClient(node.url, token);
    await expect(connected(client)).rejects.toMatchObject({ message: 'TOKEN_EXPIRED' });
    client.close();
  });

  it('goes on with a fresh token of the same person, without reconnecting', async () => {
    const person = createViewer();
    const client = await connectAs(person);
    passMs(TOKEN_SECONDS * 1_000 - 60_000);
    const { expiresAt } = await client.must('session:renew', { token: await tokenOf(person) });
    expect(expiresAt).toBeGreaterThan(clock.now() + 500_000);
    passMs(120_000);
    expect(await client.refusal('clock:sync', {})).toBeUndefined();
    client.close();
  });

  it('does not take the token of another person', async () => {
    const client = await connectAs(createViewer());
    expect(await client.refusal('session:renew', { token: await tokenOf(createViewer()) })).toBe('FORBIDDEN');
    expect(await client.refusal('session:renew', { token: 'nonsense' })).toBe('UNAUTHENTICATED');
    client.close();
  });

  it('is cut with a reason when its token has expired and was not renewed', async () => {
    const client = await connectAs(createViewer());
    const gone = new Promise((resolve) => client.socket.once('disconnect', resolve));
    passMs(TOKEN_SECONDS * 1_000 + EXPIRY_GRACE_MS);
    // Not a farewell of socket.io, after which clients would not come back by themselves.
    expect(await gone).toMatch(/^transport/);
    expect(client.cuts).toEqual([{ reason: 'token-expired' }]);
  });

  it('measures the time of the server', async () => {
    const client = await connectAs(createViewer());
    const { serverTime } = await client.must('clock:sync', {});
    expect(Math.abs(serverTime - clock.now())).toBeLessThan(1_000);
    client.close();
  });
});
