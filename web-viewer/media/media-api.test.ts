import type { MediaTicket } from '@souk/protocol/http/media';
import { describe, expect, it, vi } from 'vitest';
import { createMediaApi } from './media-api.ts';
import { createTicketKeeper } from './media-ticket.ts';

const ticket = (token: string): MediaTicket => ({
  backend: 'mediasoup',
  url: '/media',
  token,
  can: 'watch',
  expiresAt: 0,
});
const refusal = (code: string) => ({ ok: false, error: { code, message: '', retryable: true } });
const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });

describe('the media API client', () => {
  const signal = new AbortController().signal;

  it('renews a ticket that ran out, once, and repeats the call with the new one', async () => {
    const send = vi
      .fn<typeof fetch>()
      .mockResolvedValueOnce(answer(401, refusal('TOKEN_EXPIRED')))
      .mockResolvedValueOnce(answer(200, { ok: true, data: { routerRtpCapabilities: { codecs: [] } } }));
    const refresh = vi.fn(async () => ticket('new'));
    const api = createMediaApi(createTicketKeeper(ticket('old'), refresh), send);
    await expect(api.capabilities(signal)).resolves.toEqual({ codecs: [] });
    expect(refresh).toHaveBeenCalledOnce();
    const headers = send.mock.calls.map(([, init]) => new Headers(init?.headers).get('authorization'));
    expect(headers).toEqual(['Bearer old', 'Bearer new']);
  });

  it('rejects with the code of a refusal', async () => {
    const send = vi.fn<typeof fetch>().mockResolvedValue(answer(409, refusal('STREAM_NOT_PUBLISHED')));
    const api = createMediaApi(
      createTicketKeeper(ticket('t'), async () => ticket('t')),
      send,
    );
    await expect(api.join({ intent: 'publish' }, signal)).rejects.toMatchObject({
      code: 'STREAM_NOT_PUBLISHED',
    });
  });

  it('calls a server that does not answer, or not in our words, unavailable', async () => {
    const send = vi
      .fn<typeof fetch>()
      .mockRejectedValueOnce(new TypeError('network'))
      .mockResolvedValueOnce(new Response('<html>', { status: 502 }));
    const api = createMediaApi(
      createTicketKeeper(ticket('t'), async () => ticket('t')),
      send,
    );
    await expect(api.capabilities(signal)).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    await expect(api.capabilities(signal)).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true });
  });

  it('leaves with a request that outlives the page', () => {
    const send = vi.fn<typeof fetch>().mockRejectedValue(new TypeError('network'));
    const api = createMediaApi(
      createTicketKeeper(ticket('t'), async () => ticket('t')),
      send,
    );
    api.leave('mss_1');
    expect(send.mock.calls[0]?.[1]).toMatchObject({ method: 'DELETE', keepalive: true });
  });
});
