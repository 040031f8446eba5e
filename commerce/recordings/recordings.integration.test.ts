import { createId, type ShowId } from '@souk/protocol/ids';
import { createTokenVerifier } from '@souk/runtime/tokens';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestClient, type TestClient } from '../testing/test-client.ts';
import { startTestCommerce, type TestCommerce } from '../testing/test-commerce.ts';
import { createTestShop, TEST_PASSWORD, type TestShop } from '../testing/test-shop.ts';
import { createRecordingKeeper, type RecordingKeeper } from './keep-recordings.ts';

const DAY_MS = 86_400_000;
const START = Date.now();

let commerce: TestCommerce;
let shop: TestShop;
let host: TestClient;
let guest: TestClient;
/** Of a worker whose clock can be set. */
let keeper: RecordingKeeper;
let now = START;

beforeAll(async () => {
  commerce = await startTestCommerce();
  shop = await createTestShop(commerce.foundation);
  host = createTestClient(commerce.http);
  guest = createTestClient(commerce.http);
  await host.login('host@souk.test', TEST_PASSWORD);
  await guest.renew();
  keeper = keeperOf(30);
});
afterAll(() => commerce.stop());

const keeperOf = (days: number): RecordingKeeper => {
  const { orm } = commerce.foundation.db;
  return createRecordingKeeper({ orm, retention: { days }, clock: { now: () => now } });
};
const createShow = async (): Promise<{ showId: ShowId }> => {
  const body = { merchantId: shop.merchantId, title: 'Recorded', productIds: [...shop.productIds] };
  return { showId: (await host.get('show:create', { body })).show.id };
};
const goLive = async () => {
  const params = await createShow();
  await host.get('show:go-live', { params });
  return params;
};
const kept = { durationMs: 60_000, sizeBytes: 5_000_000 };
/** A show that is over, with a recording that can be watched. */
const record = async () => {
  const params = await goLive();
  await keeper.beginRecording(params.showId, START);
  await keeper.noteRecorded(params.showId, kept);
  await host.get('show:end', { params });
  await keeper.finishRecording(params.showId);
  return params;
};
const recordingOf = async (params: { showId: ShowId }) =>
  (await host.get('recording:get', { params })).recording;
const codeOf = (answer: { ok: true } | { ok: false; error: { code: string } }) =>
  answer.ok ? 'OK' : answer.error.code;
const replaysOf = async () =>
  (await guest.get('show:list', { query: { scope: 'replays' } })).shows.map(({ id }) => id);

describe('whether a show is recorded', () => {
  it('is as the house does it, until the host decides', async () => {
    const params = await createShow();
    expect(await host.get('recording:get', { params })).toEqual({ isRecorded: true, recording: null });
    const answer = await host.get('recording:set', { params, body: { isRecorded: false } });
    expect(answer).toEqual({ isRecorded: false, recording: null });
    expect((await host.get('show:get', { params })).isRecorded).toBe(false);
  });

  it('can be decided during the show, and not after it', async () => {
    const params = await goLive();
    const { showId } = params;
    const plan = async () => (await keeper.findPackagingPlans([showId]))[0];
    expect(await plan()).toEqual({ showId, isLive: true, isRecorded: true });
    await host.get('recording:set', { params, body: { isRecorded: false } });
    expect(await plan()).toEqual({ showId, isLive: true, isRecorded: false });
    expect(await keeper.beginRecording(showId, START)).toBe(false);
    await host.get('show:end', { params });
    expect(await plan()).toEqual({ showId, isLive: false, isRecorded: false });
    const answer = await host.send('recording:set', { params, body: { isRecorded: true } });
    expect(codeOf(answer)).toBe('SHOW_ENDED');
    expect(await guest.get('show:get', { params })).toMatchObject({ replayStatus: 'none', replay: null });
  });
});

describe('a recording', () => {
  it('begins once, while the show is on', async () => {
    const params = await createShow();
    expect(await keeper.beginRecording(params.showId, START)).toBe(false);
    await host.get('show:go-live', { params });
    expect(await keeper.beginRecording(params.showId, START)).toBe(true);
    expect(await keeper.beginRecording(params.showId, START + 5_000)).toBe(true);
    expect(await recordingOf(params)).toMatchObject({ status: 'active', startedAt: START, removeAt: null });
  });

  it('grows, and never shrinks', async () => {
    const params = await goLive();
    await keeper.beginRecording(params.showId, START);
    await keeper.noteRecorded(params.showId, kept);
    await keeper.noteRecorded(params.showId, { durationMs: 1, sizeBytes: 1 });
    expect(await recordingOf(params)).toMatchObject(kept);
  });

  it('is finished only when its show is over, and once', async () => {
    const params = await goLive();
    await keeper.beginRecording(params.showId, START);
    await keeper.noteRecorded(params.showId, kept);
    expect(await keeper.finishRecording(params.showId)).toBe('active');
    await host.get('show:end', { params });
    expect(await guest.get('show:get', { params })).toMatchObject({
      replayStatus: 'preparing',
      replay: null,
    });
    expect(await keeper.finishRecording(params.showId)).toBe('ready');
    now += 1_000;
    expect(await keeper.finishRecording(params.showId)).toBe('ready');
    now -= 1_000;
    await keeper.noteRecorded(params.showId, { durationMs: 1e9, sizeBytes: 1e9 });
    expect(await keeper.beginRecording(params.showId, START)).toBe(false);
    const removeAt = START + 30 * DAY_MS;
    expect(await recordingOf(params)).toEqual({ status: 'ready', startedAt: START, ...kept, removeAt });
  });

  it('of which nothing was kept is none', async () => {
    const params = await goLive();
    await keeper.beginRecording(params.showId, START);
    await host.get('show:end', { params });
    expect(await keeper.finishRecording(params.showId)).toBe('removed');
    expect((await guest.get('show:get', { params })).replayStatus).toBe('removed');
  });

  it('that was never begun is no fault', async () => {
    const { showId } = await goLive();
    await keeper.noteRecorded(showId, kept);
    await keeper.markRecordingRemoved(showId);
    expect(await keeper.finishRecording(showId)).toBeUndefined();
    expect(await keeper.findPackagingPlans([])).toEqual([]);
    expect(await keeper.findPackagingPlans([createId('show')])).toEqual([]);
  });

  it('whose worker died is found again', async () => {
    const params = await goLive();
    await keeper.beginRecording(params.showId, START);
    now = Date.now() + 3_600_000;
    expect(await keeper.findUnfinishedRecordings()).not.toContain(params.showId);
    await host.get('show:end', { params });
    expect(await keeper.findUnfinishedRecordings()).toContain(params.showId);
    await keeper.finishRecording(params.showId);
    expect(await keeper.findUnfinishedRecordings()).not.toContain(params.showId);
    now = START;
  });
});

describe('a replay', () => {
  it('is handed to whoever asks for the show, with a ticket to watch', async () => {
    const params = await record();
    const { replay, replayStatus, media } = await guest.get('show:get', { params });
    expect({ replayStatus, media }).toEqual({ replayStatus: 'ready', media: null });
    expect(replay).toMatchObject({ startedAt: START, durationMs: kept.durationMs, ticket: { can: 'watch' } });
    const keys = await commerce.http.inject('/api/auth/jwks.json');
    const verifier = createTokenVerifier({ keys: { jwks: keys.json() }, clock: commerce.foundation.clock });
    const claims = await verifier.verifyMediaTicket(replay?.ticket.token ?? '');
    expect(claims).toMatchObject({ showId: params.showId, can: 'watch' });
    expect((await host.get('show:get', { params })).replay?.ticket.can).toBe('watch');
  });

  it('stands in the lobby', async () => {
    const [replayable, live] = [await record(), await goLive()];
    const listed = await replaysOf();
    expect(listed).toContain(replayable.showId);
    expect(listed).not.toContain(live.showId);
  });
});

describe('the removal of a recording', () => {
  it('takes it away at once, and its files a little later', async () => {
    const params = await record();
    await host.get('recording:remove', { params });
    await host.get('recording:remove', { params });
    expect(await recordingOf(params)).toMatchObject({ status: 'removed', removeAt: null });
    expect(await guest.get('show:get', { params })).toMatchObject({ replayStatus: 'removed', replay: null });
    expect(await replaysOf()).not.toContain(params.showId);
    now = Date.now() + 61_000;
    expect(await keeper.findExpiredRecordings()).toContain(params.showId);
    await keeper.markRecordingRemoved(params.showId);
    await keeper.markRecordingRemoved(params.showId);
    expect(await keeper.findExpiredRecordings()).not.toContain(params.showId);
    now = START;
  });

  it('is possible when its show is over', async () => {
    const params = await goLive();
    await keeper.beginRecording(params.showId, START);
    expect(codeOf(await host.send('recording:remove', { params }))).toBe('INVALID_TRANSITION');
    await host.get('show:end', { params });
    expect(codeOf(await host.send('recording:remove', { params }))).toBe('OK');
    expect(await keeper.finishRecording(params.showId)).toBe('removed');
  });

  it('asks for a recording', async () => {
    const params = await goLive();
    await host.get('show:end', { params });
    expect(codeOf(await host.send('recording:remove', { params }))).toBe('RECORDING_NOT_FOUND');
  });
});

describe('the retention', () => {
  it('ends a replay when its days are over, whether or not its files are gone', async () => {
    now = START - 30 * DAY_MS - 1_000;
    const params = await record();
    now = START;
    expect(await guest.get('show:get', { params })).toMatchObject({ replayStatus: 'removed', replay: null });
    expect(await recordingOf(params)).toMatchObject({ status: 'removed', removeAt: null });
    expect(await replaysOf()).not.toContain(params.showId);
    expect(await keeper.findExpiredRecordings()).toContain(params.showId);
    expect(await keeperOf(31).findExpiredRecordings()).not.toContain(params.showId);
    expect(await keeperOf(0).findExpiredRecordings()).not.toContain(params.showId);
    await keeper.markRecordingRemoved(params.showId);
    expect(await keeper.findExpiredRecordings()).not.toContain(params.showId);
  });
});
