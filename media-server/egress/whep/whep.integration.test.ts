import { createId, type ShowId } from '@souk/protocol/ids';
import { createTestRedis } from '@souk/supervisor/test-database';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { opusParameters, vp8Parameters } from '../../testing/media-samples.ts';
import { browserAnswer, browserOffer, obsOffer, trickle } from '../../testing/sdp-samples.ts';
import { createTestMediaServer, type TestMediaServer } from '../../testing/test-media-server.ts';

let server: TestMediaServer;
beforeAll(async () => {
  const { url } = await createTestRedis(inject('redisUrl'));
  server = await createTestMediaServer(url, { MEDIA_SESSIONS_PER_SHOW: '2' });
  await server.start();
});
afterAll(() => server.stop());

/** A show that is on air with Opus and VP8. */
async function goOnAir(): Promise<ShowId> {
  const showId = await server.createLiveShow();
  const token = await server.ticket(showId, 'publish');
  const { sessionId } = (await server.ask('POST', '/media/sessions', token, { intent: 'publish' })).answer
    .data;
  for (const [kind, rtpParameters] of [
    ['audio', opusParameters],
    ['video', vp8Parameters],
  ] as const)
    await server.ask('POST', `/media/sessions/${sessionId}/produce`, token, { kind, rtpParameters });
  await expect.poll(async () => (await server.entries(showId)).at(-1)?.type).toBe('stream:started');
  return showId;
}

const ticketFor = (showId: ShowId) => server.ticket(showId, 'watch', createId('guest'));
const open = (showId: ShowId, token: string, body: string) =>
  server.ask('POST', `/whep/${showId}`, token, body, 'application/sdp');
const answerBy = (location: string, token: string, body: string) =>
  server.ask('PATCH', location, token, body, 'application/sdp');
/** As a player that numbers its formats in a way of its own. */
const otherNumbers = browserOffer('recvonly')
  .replaceAll(/\b111\b/g, '109')
  .replaceAll(/\b96\b/g, '120')
  .replaceAll(/\b102\b/g, '126');

describe('a player whose numbers are the usual ones', () => {
  it('is answered at once, with its own numbers', async () => {
    const showId = await goOnAir();
    const token = await ticketFor(showId);
    const { status, headers, answer } = await open(showId, token, browserOffer('recvonly'));
    expect(status).toBe(201);
    expect(headers.get('location')).toMatch(new RegExp(`^/whep/${showId}/mss_`));
    expect(headers.get('etag')).toBeTruthy();
    for (const line of [
      'm=audio 9 UDP/TLS/RTP/SAVPF 111',
      'm=video 9 UDP/TLS/RTP/SAVPF 96',
      'a=sendonly',
      'a=setup:passive',
    ])
      expect(answer).toContain(`${line}\r\n`);
    // Nothing that it would read under another number.
    expect(answer).not.toContain('a=extmap:');
    const location = headers.get('location') ?? '';
    expect((await answerBy(location, token, browserAnswer(['0', '1']))).answer.error.code).toBe(
      'INVALID_TRANSITION',
    );
    expect((await server.ask('DELETE', location, token)).status).toBe(200);
    expect((await server.ask('DELETE', location, token)).status).toBe(404);
  });

  it('may want sound alone', async () => {
    const showId = await goOnAir();
    const [audioOnly] = browserOffer('recvonly').replace('BUNDLE 0 1', 'BUNDLE 0').split('m=video');
    const { status, answer } = await open(showId, await ticketFor(showId), audioOnly ?? '');
    expect(status).toBe(201);
    expect(answer).not.toContain('m=video');
  });
});

describe('a player with other numbers', () => {
  it('gets a counter-offer, and watches once it has answered that', async () => {
    const showId = await goOnAir();
    const token = await ticketFor(showId);
    const { status, headers, answer } = await open(showId, token, otherNumbers);
    expect([status, headers.get('content-type')]).toEqual([406, 'application/sdp']);
    for (const part of ['a=setup:actpass', 'a=ice-lite', 'transport-wide-cc', 'a=ssrc-group:FID'])
      expect(answer).toContain(part);
    const location = headers.get('location') ?? '';
    expect((await answerBy(location, token, browserAnswer(['0', '1'], 'actpass'))).status).toBe(400);
    expect((await answerBy(location, token, browserAnswer(['0']))).status).toBe(400);
    expect((await answerBy(location, token, browserAnswer(['0', '1']))).status).toBe(204);
    expect((await answerBy(location, token, browserAnswer(['0', '1']))).status).toBe(409);
  });

  it('gets the offer at once when it asks with nothing', async () => {
    const showId = await goOnAir();
    const token = await ticketFor(showId);
    const { status, headers, answer } = await open(showId, token, '');
    expect(status).toBe(201);
    expect(answer).toContain('a=setup:actpass');
    expect(
      (await answerBy(headers.get('location') ?? '', token, browserAnswer(['0', '1'], 'passive'))).status,
    ).toBe(204);
  });
});

describe('the endpoint', () => {
  it('gives the rights of the ticket, and those only', async () => {
    const showId = await goOnAir();
    const token = await ticketFor(showId);
    const other = await ticketFor(await goOnAir());
    const offer = browserOffer('recvonly');
    expect((await open(showId, 'nonsense', offer)).status).toBe(401);
    expect((await open(showId, other, offer)).status).toBe(403);
    const { headers } = await open(showId, token, offer);
    const location = headers.get('location') ?? '';
    expect((await server.ask('DELETE', location, other)).status).toBe(401);
    expect(
      (await server.ask('PATCH', location, other, trickle('sUu1'), 'application/trickle-ice-sdpfrag')).status,
    ).toBe(401);
  });

  it('tells when to come again while nothing is published', async () => {
    const showId = await server.createLiveShow();
    const { status, headers, answer } = await open(showId, await ticketFor(showId), browserOffer('recvonly'));
    expect([status, answer.error.code]).toEqual([409, 'STREAM_NOT_PUBLISHED']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('keeps to the bound of a show, and an ended show is over', async () => {
    const showId = await goOnAir();
    const token = await ticketFor(showId);
    for (let place = 0; place < 2; place += 1)
      expect((await open(showId, token, otherNumbers)).status).toBe(406);
    const full = await open(showId, token, otherNumbers);
    expect([full.status, full.answer.error.code]).toEqual([503, 'OVERLOADED']);
    await server.endShow(showId);
    await expect
      .poll(async () => (await open(showId, token, otherNumbers)).answer.error?.code)
      .toBe('SHOW_ENDED');
  });

  it('refuses what it cannot serve, and keeps nothing of it', async () => {
    const showId = await goOnAir();
    const token = await ticketFor(showId);
    const codeOf = async (body: string) => (await open(showId, token, body)).answer.error.code;
    expect(await codeOf('v=1')).toBe('INVALID_SDP');
    expect(await codeOf(obsOffer)).toBe('INVALID_SDP');
    expect(await codeOf(browserOffer('recvonly').replaceAll(/VP8|H264/g, 'AV1'))).toBe('NO_COMMON_CODEC');
    expect((await server.ask('POST', `/whep/${showId}`, token, '{}')).status).toBe(415);
    const { answer } = await server.ask('GET', '/metrics');
    expect(answer).toMatch(/souk_media_consumers\{service="media-server"\} \d+/);
  });
});
