import { createId } from '@souk/protocol/ids';
import { describe, expect, it, vi } from 'vitest';
import { createApi } from './api-client.ts';

const json = (body: unknown) => new Response(JSON.stringify(body));
const refusal = (code: string) => json({ ok: false, error: { code, message: 'No.', retryable: false } });

function tokens() {
  return { current: vi.fn(async () => 'old'), refresh: vi.fn(async () => 'new') };
}

describe('api', () => {
  it('returns the data of an answer', async () => {
    const api = createApi(async () => json({ ok: true, data: { shows: [] } }));
    await expect(api.call('show:list', { query: {} })).resolves.toEqual({ shows: [] });
  });

  it('throws the code of a refusal', async () => {
    const api = createApi(async () => refusal('SOLD_OUT'));
    await expect(api.call('show:list', { query: {} })).rejects.toMatchObject({ code: 'SOLD_OUT' });
  });

  it.each([
    ['a broken connection', async () => Promise.reject(new TypeError('fetch failed'))],
    ['an answer that is no JSON', async () => new Response('<html>')],
    ['an answer of another shape', async () => json({ hello: 1 })],
  ])('says UNAVAILABLE after %s', async (_, fetchFn: () => Promise<Response>) => {
    await expect(createApi(fetchFn).call('show:list', { query: {} })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      retryable: true,
    });
  });

  it('takes a new token once when the old one has expired', async () => {
    const source = tokens();
    const fetchFn = vi.fn(async (_path: unknown, init?: RequestInit) =>
      new Headers(init?.headers).get('authorization') === 'Bearer new'
        ? json({ ok: true, data: { orders: [] } })
        : refusal('TOKEN_EXPIRED'),
    );
    await createApi(fetchFn, source).call('order:list', {});
    expect(source.refresh).toHaveBeenCalledTimes(1);
    expect(fetchFn).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['pin:clear', 3],
    ['show:go-live', 1],
  ] as const)('sends %s %i times in all while nothing answers', async (name, times) => {
    const fetchFn = vi.fn(async () => Promise.reject(new TypeError('fetch failed')));
    const api = createApi(fetchFn, tokens(), async () => undefined);
    const call = api.call(name, { params: { showId: createId('show') } });
    await expect(call).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(fetchFn).toHaveBeenCalledTimes(times);
  });

  it('sends a command again after no answer, and not after a refusal', async () => {
    const answers = [Promise.reject(new TypeError('fetch failed')), refusal('SHOW_ENDED')];
    const fetchFn = vi.fn(async () => answers.shift() ?? json({}));
    const api = createApi(fetchFn, tokens(), async () => undefined);
    const call = api.call('pin:clear', { params: { showId: createId('show') }, query: {} });
    await expect(call).rejects.toMatchObject({ code: 'SHOW_ENDED' });
    expect(fetchFn).toHaveBeenCalledTimes(2);
  });

  it('does not go on asking when the new token is refused too', async () => {
    const source = tokens();
    const fetchFn = vi.fn(async () => refusal('UNAUTHENTICATED'));
    await expect(createApi(fetchFn, source).call('order:list', {})).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    expect(fetchFn).toHaveBeenCalledTimes(2);
  });
});
