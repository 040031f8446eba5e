import { createId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import { createTestRedis } from '@souk/supervisor/test-database';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { browserOffer, obsOffer, obsSimulcastOffer, sdp, trickle } from '../../testing/sdp-samples.ts';
import { openStreamKeyDesk } from '../../testing/stream-key-desk.ts';
import { createTestMediaServer, type TestMediaServer } from '../../testing/test-media-server.ts';

const SERVICE_SECRET = 'secret of the services of this test';

let desk: Awaited<ReturnType<typeof openStreamKeyDesk>>;
let server: TestMediaServer;
beforeAll(async () => {
  const { url } = await createTestRedis(inject('redisUrl'));
  desk = await openStreamKeyDesk(SERVICE_SECRET);
  server = await createTestMediaServer(url, {
    COMMERCE_INTERNAL_URL: desk.url,
    SOUK_SERVICE_SECRET: SERVICE_SECRET,
  });
  await server.start();
});
afterAll(async () => {
  await server.stop();
  desk.close();
});

interface Wish {
  readonly key?: string;
  readonly type?: string;
  readonly ifMatch?: string;
  readonly body?: string;
}

async function ask(method: string, path: string, { key, type, ifMatch, body }: Wish = {}) {
  const response = await fetch(new URL(path, server.url()), {
    method,
    headers: {
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(type === undefined ? {} : { 'content-type': type }),
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const code: string | undefined = text.startsWith('{') ? JSON.parse(text).error.code : undefined;
  return { status: response.status, headers: response.headers, text, code };
}

const publish = (key: string, body = obsOffer) =>
  ask('POST', '/whip', { key, body, type: 'application/sdp' });
const patch = (path: string, key: string, body: string, ifMatch?: string) =>
  ask('PATCH', path, {
    key,
    body,
    type: 'application/trickle-ice-sdpfrag',
    ...(ifMatch === undefined ? {} : { ifMatch }),
  });
const typesOf = async (showId: Parameters<TestMediaServer['entries']>[0]) =>
  (await server.entries(showId)).map(({ type }) => type);

/** Publishes and gives the session's address. */
async function begin(key: string, offer = obsOffer) {
  const { status, headers, text } = await publish(key, offer);
  expect(status).toBe(201);
  return { location: headers.get('location') ?? '', etag: headers.get('etag') ?? '', answer: text };
}

async function figures() {
  const { text } = await ask('GET', '/metrics');
  const numberOf = (name: string) =>
    Number(new RegExp(`^souk_media_${name}\\{[^}]*\\} (\\d+)`, 'm').exec(text)?.[1]);
  return { transports: numberOf('transports'), producers: numberOf('producers') };
}

describe('an encoder', () => {
  it('publishes with its stream key; the show is told of nothing before media arrive', async () => {
    const showId = await server.createLiveShow();
    const { secret } = desk.issue(showId);
    const { status, headers, text } = await publish(secret);
    expect(status).toBe(201);
    expect(headers.get('content-type')).toBe('application/sdp');
    expect(headers.get('location')).toMatch(/^\/whip\/mss_/);
    expect(headers.get('etag')).toMatch(/^"[^"]+"$/);
    expect(headers.get('accept-patch')).toBe('application/trickle-ice-sdpfrag');
    for (const line of ['a=ice-lite', 'a=setup:passive', 'a=recvonly', 'a=mid:1', 'a=rtpmap:96 H264/90000'])
      expect(text).toContain(`${line}\r\n`);
    expect((await ask('DELETE', headers.get('location') ?? '', { key: secret })).status).toBe(200);
    expect(await typesOf(showId)).toEqual(['show:went-live']);
  });

  it('may send layers, which the answer names', async () => {
    const { secret } = desk.issue(await server.createLiveShow());
    const { answer } = await begin(secret, obsSimulcastOffer);
    expect(answer).toContain('a=simulcast:recv 0;1;2');
  });

  it('is answered in H264 where it offers more', async () => {
    const { secret } = desk.issue(await server.createLiveShow());
    const { answer } = await begin(secret, browserOffer('sendonly'));
    expect(answer).toContain('m=video 9 UDP/TLS/RTP/SAVPF 106 107');
    expect(answer).toContain('a=rtcp-fb:106 transport-cc');
    expect(answer).not.toContain('VP8');
  });

  it('is refused while somebody publishes in the show, itself not excepted', async () => {
    const showId = await server.createLiveShow();
    const { secret } = desk.issue(showId);
    await begin(secret);
    expect(await publish(secret)).toMatchObject({ status: 409, code: 'ALREADY_PUBLISHING' });
    expect(await publish(desk.issue(showId).secret)).toMatchObject({ status: 409 });
    const page = await server.ask('POST', '/media/sessions', await server.ticket(showId, 'publish'), {
      intent: 'publish',
    });
    expect(page.status).toBe(409);
  });

  it('is cut off when its key is revoked, and no other is', async () => {
    const showId = await server.createLiveShow();
    const { secret, keyId } = desk.issue(showId);
    const { location, etag } = await begin(secret);
    const other = createEntry('stream-key:revoked', Date.now(), { keyId: createId('streamKey') });
    await server.timeline.append(showId, other);
    expect(await patch(location, secret, trickle('nxcM'), etag)).toMatchObject({ status: 204 });
    await server.timeline.append(showId, createEntry('stream-key:revoked', Date.now(), { keyId }));
    await expect.poll(async () => (await ask('DELETE', location, { key: 'sk_other' })).status).toBe(404);
    // Commerce would refuse it as well; a check that is older than the revocation does not help.
    expect(await publish(secret)).toMatchObject({ status: 401 });
  });

  it('is refused in a show that has ended, and when commerce does not answer', async () => {
    const showId = await server.createLiveShow();
    const { secret } = desk.issue(showId);
    desk.fail(1);
    const { status, headers } = await publish(secret);
    expect([status, headers.get('retry-after')]).toEqual([503, '2']);
    await server.endShow(showId);
    expect(await publish(secret)).toMatchObject({ status: 409, code: 'SHOW_ENDED' });
  });
});

describe('the endpoint', () => {
  it('wants a stream key', async () => {
    const wrong = await publish('sk_nobody');
    expect(wrong).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    expect(wrong.headers.get('www-authenticate')).toContain('Bearer');
    expect(await ask('POST', '/whip', { body: obsOffer, type: 'application/sdp' })).toMatchObject({
      status: 401,
    });
  });

  it('says what it takes, and reserves the other methods', async () => {
    const options = await ask('OPTIONS', '/whip');
    expect(options.status).toBe(200);
    expect(options.headers.get('accept-post')).toBe('application/sdp');
    expect(options.headers.get('access-control-allow-origin')).toBe('*');
    for (const method of ['GET', 'HEAD', 'PUT'])
      expect(await ask(method, '/whip')).toMatchObject({ status: 405 });
    for (const method of ['GET', 'HEAD', 'PUT', 'POST'])
      expect(await ask(method, `/whip/${createId('mediaSession')}`)).toMatchObject({ status: 405 });
  });

  it('refuses what it cannot serve by its own status, and keeps nothing of it', async () => {
    const { secret: key } = desk.issue(await server.createLiveShow());
    const before = await figures();
    const refusal = async (body: string, type = 'application/sdp') => {
      const { status, code } = await ask('POST', '/whip', { key, body, type });
      return [status, code];
    };
    expect(await refusal('{}', 'application/json')).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    expect(await refusal(obsOffer, 'application/trickle-ice-sdpfrag')).toEqual([
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ]);
    expect(await refusal('')).toEqual([400, 'INVALID_SDP']);
    expect(await refusal('hello')).toEqual([400, 'INVALID_SDP']);
    expect(await refusal(obsOffer.replaceAll('H264', 'AV1'))).toEqual([406, 'NO_COMMON_CODEC']);
    expect(await refusal(obsOffer.replace('a=mid:1', 'a=mid:0'))).toEqual([400, 'INVALID_SDP']);
    expect(await refusal(obsOffer.replace('sha-256 10:', 'sha-256 XX:'))).toEqual([400, 'INVALID_SDP']);
    expect(await refusal(obsOffer.replaceAll('a=sendonly', 'a=recvonly'))).toEqual([400, 'INVALID_SDP']);
    expect(await refusal(obsOffer + sdp(...Array<string>(3_000).fill('m=audio 9 X 0')))).toEqual([
      400,
      'INVALID_SDP',
    ]);
    expect(await refusal(`${obsOffer}a=x:${'y'.repeat(1_000_000)}`)).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    expect(await figures()).toEqual(before);
  });
});

describe('the address of a session', () => {
  it('takes candidates of the present ICE session only', async () => {
    const { secret } = desk.issue(await server.createLiveShow());
    const { location, etag } = await begin(secret);
    expect((await patch(location, secret, trickle('nxcM'), etag)).status).toBe(204);
    expect(await patch(location, secret, trickle('nxcM'))).toMatchObject({
      status: 428,
      code: 'PRECONDITION_REQUIRED',
    });
    expect(await patch(location, secret, trickle('nxcM'), '"other"')).toMatchObject({
      status: 412,
      code: 'PRECONDITION_FAILED',
    });
    expect(await patch(location, secret, 'a=nothing', etag)).toMatchObject({ status: 400 });
    expect(
      await ask('PATCH', location, { key: secret, body: obsOffer, type: 'application/sdp', ifMatch: etag }),
    ).toMatchObject({ status: 415 });
  });

  it('restarts ICE: the answer has new credentials and a new ETag', async () => {
    const { secret } = desk.issue(await server.createLiveShow());
    const { location, etag, answer } = await begin(secret);
    const restarted = await patch(location, secret, trickle('ysXw'), '*');
    expect(restarted.status).toBe(200);
    expect(restarted.headers.get('content-type')).toBe('application/trickle-ice-sdpfrag');
    const next = restarted.headers.get('etag') ?? '';
    expect(next).not.toBe(etag);
    const [, ufrag] = /a=ice-ufrag:(\S+)/.exec(restarted.text) ?? [];
    expect(ufrag).toBeDefined();
    expect(answer).not.toContain(`a=ice-ufrag:${ufrag}`);
    expect(restarted.text).toContain('a=candidate:');
    expect((await patch(location, secret, trickle('ysXw'), etag)).status).toBe(412);
    expect((await patch(location, secret, trickle('ysXw'), next)).status).toBe(204);
  });

  it('is open to the key that made it, and to nobody else', async () => {
    const { secret } = desk.issue(await server.createLiveShow());
    const other = desk.issue(await server.createLiveShow()).secret;
    const { location, etag } = await begin(secret);
    expect(await ask('DELETE', location)).toMatchObject({ status: 401 });
    expect(await ask('DELETE', location, { key: other })).toMatchObject({ status: 401 });
    expect(await patch(location, other, trickle('nxcM'), etag)).toMatchObject({ status: 401 });
    expect(await ask('DELETE', '/whip/nobody', { key: secret })).toMatchObject({ status: 404 });
    expect(await ask('DELETE', location, { key: secret })).toMatchObject({ status: 200 });
    expect(await ask('DELETE', location, { key: secret })).toMatchObject({ status: 404 });
  });
});
