import { createId } from '@souk/protocol/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestCommerce, type TestCommerce } from '../testing/test-commerce.ts';

let commerce: TestCommerce;
beforeAll(async () => {
  const standing = Date.now();
  commerce = await startTestCommerce({ env: { RATE_LIMIT_FACTOR: '1' }, clock: { now: () => standing } });
});
afterAll(() => commerce.stop());

interface Ask {
  readonly url: string;
  readonly from: string;
  readonly body?: object;
  readonly token?: string;
}

const ask = async ({ url, from, body = {}, token }: Ask): Promise<string> => {
  const answer = await commerce.http.inject({
    method: 'POST',
    url,
    payload: body,
    headers: {
      'x-forwarded-for': from,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
  });
  const { ok, error } = answer.json();
  return ok ? 'OK' : error.code;
};
const newGuest = async (from: string): Promise<string> => {
  const url = '/api/auth/token';
  const answer = await commerce.http.inject({ method: 'POST', url, headers: { 'x-forwarded-for': from } });
  return answer.json().data.accessToken;
};
const countOf = (answers: readonly string[], code: string): number =>
  answers.filter((answer) => answer === code).length;

describe('the bounds at the door', () => {
  it('let an account be guessed at twenty times, however many addresses guess', async () => {
    const guess = (index: number, email: string) =>
      ask({ url: '/api/auth/login', from: `198.51.100.${index}`, body: { email, password: 'wrong guess' } });
    const answers = await Promise.all(
      Array.from({ length: 23 }, (_, index) => guess(index, 'Ana@souk.test')),
    );
    expect(countOf(answers, 'INVALID_CREDENTIALS')).toBe(20);
    expect(countOf(answers, 'RATE_LIMITED')).toBe(3);
    expect(await guess(100, 'ben@souk.test')).toBe('INVALID_CREDENTIALS');
  });

  it('count the guests of a network together, whoever they say they are: a guest costs nothing', async () => {
    const variantId = createId('variant');
    const body = { lines: [{ variantId, saleId: null, quantity: 20 }] };
    const url = `/api/shows/${createId('show')}/holds`;
    const hosts = ['1', '2', '3', '4'].map((host) => `2001:db8:7:7::${host}`);
    const take = async (from: string) => ask({ url, from, body, token: await newGuest(from) });
    const answers: string[] = [];
    for (const host of hosts) answers.push(await take(host));
    expect(answers).toEqual(['SHOW_NOT_FOUND', 'SHOW_NOT_FOUND', 'SHOW_NOT_FOUND', 'RATE_LIMITED']);
    expect(await take('2001:db8:7:8::1')).toBe('SHOW_NOT_FOUND');
  });
});
