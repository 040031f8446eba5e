import type { Session } from '@souk/protocol/http/auth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestTrade, type TestTrade } from '../testing/test-trade.ts';

let house: TestTrade;
beforeAll(async () => {
  house = await startTestTrade();
});
afterAll(async () => {
  await house.assertInvariants();
  await house.stop();
});

const BUYERS = 200;
const UNITS = 10;

describe('the race for the last units', () => {
  it('gives 200 buyers who press at once exactly 10 holds and 190 SOLD_OUT, over HTTP', async () => {
    const { showId, variantId } = await house.goLive();
    const saleId = await house.startSale(showId, variantId, { units: UNITS });
    const tokens = await Promise.all(Array.from({ length: BUYERS }, fetchToken));
    const outcomes = await Promise.allSettled(
      tokens.map((token) => press(token, showId, { lines: [{ variantId, saleId, quantity: 1 }] })),
    );
    const codes = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : 'REJECTED'));
    expect(codes.filter((code) => code === 'OK')).toHaveLength(UNITS);
    expect(codes.filter((code) => code === 'SOLD_OUT')).toHaveLength(BUYERS - UNITS);
  });
});

async function fetchToken(): Promise<string> {
  const answer = await fetch(`${house.url}/api/auth/token`, { method: 'POST' });
  const { data } = (await answer.json()) as { data: Session };
  return data.accessToken;
}

async function press(token: string, showId: string, body: object): Promise<string> {
  const answer = await fetch(`${house.url}/api/shows/${showId}/holds`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  const { ok, error } = (await answer.json()) as { ok: boolean; error?: { code: string } };
  return ok ? 'OK' : (error?.code ?? 'no code');
}
