import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createId } from '@souk/protocol/ids';
import { createLogger } from '@souk/runtime/logger';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDeleteMessage } from '../../moderation/delete-message.ts';
import { startTestStage, type TestStage } from '../../testing/test-stage.ts';
import { createAskHook } from './ask-hook.ts';
import { signReview } from './hook-secret.ts';
import { createReviewMessage, type ReviewMessage } from './review-message.ts';

interface Asked {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const HOUSE_SECRET = 'webhook-secret-of-the-tests-0123456789';
const logger = createLogger({ name: 'review-test', level: 'silent' });
let stage: TestStage;
let server: Server;
let url: string;
let asked: Asked[] = [];
let answer: (response: ServerResponse) => void;
let review: ReviewMessage;
/** With a budget that silence soon uses up. */
let reviewInHaste: ReviewMessage;
/** More than a busy machine takes for an answer that comes at once. */
const BUDGET_MS = 3_000;
const HASTE_MS = 100;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += String(part);
    });
    request.on('end', () => {
      asked.push({ headers: request.headers, body });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/review`;
  stage = await startTestStage({
    env: { REVIEW_HOOK_ALLOW_PRIVATE: '1', REVIEW_HOOK_BUDGET_MS: `${BUDGET_MS}` },
  });
  const { foundation } = stage.commerce;
  const createReview = (budgetMs: number): ReviewMessage =>
    createReviewMessage({
      ...foundation,
      deleteMessage: createDeleteMessage(foundation),
      ask: createAskHook({ allowPrivate: true, budgetMs, clock: foundation.clock, logger }),
      houseSecret: HOUSE_SECRET,
    });
  review = createReview(BUDGET_MS);
  reviewInHaste = createReview(HASTE_MS);
});
afterAll(async () => {
  await stage.stop();
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked = [];
  answer = say({ decision: 'allow' });
});

const say =
  (value: unknown, status = 200) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
const params = () => ({ merchantId: stage.shop.merchantId });
const setHook = (
  hook: { onTimeout?: 'allow' | 'hold' | 'deny'; isOn?: boolean; url?: string } = {},
  fresh = false,
) =>
  stage.people.merchant.get('review-hook:set', {
    params: params(),
    body: { hook: { url, onTimeout: 'hold', isOn: true, ...hook }, isNewSecretWanted: fresh },
  });
const fate = async (text: string, { showId = stage.showId, by = review } = {}): Promise<string> => {
  const messageId = await stage.say({ userId: createId('guest'), text, isHeld: true });
  await by({ showId, messageId });
  const ofMessage = (await stage.read()).filter(({ data }) => JSON.stringify(data).includes(messageId));
  const last = ofMessage.at(-1);
  if (last?.type === 'chat:sent') return `sent ${last.data.text}`;
  return last?.type ?? 'nothing';
};

describe('the hook of a shop', () => {
  it('tells its secret once, and a new one when it is asked for', async () => {
    const first = await setHook();
    const second = await setHook();
    const third = await setHook({}, true);
    expect(first.secret).toMatch(/^souk_hook_/);
    expect(second.secret).toBeNull();
    expect(third.secret).not.toBe(first.secret);
    const told = await stage.people.merchant.get('review-hook:get', { params: params() });
    expect(told).toEqual({ hook: { url, onTimeout: 'hold', isOn: true } });
    const { pool } = stage.commerce.foundation.db;
    const kept = await pool.query('SELECT * FROM review_hooks, audit_log');
    expect(JSON.stringify(kept.rows)).not.toContain(third.secret);
  });

  it('is told to the hubs when it goes on and off', async () => {
    await setHook();
    expect((await stage.state()).chatFilter.isHooked).toBe(true);
    await setHook({ isOn: false });
    expect((await stage.state()).chatFilter.isHooked).toBe(false);
    await setHook();
    await stage.people.merchant.get('review-hook:remove', { params: params() });
    expect((await stage.state()).chatFilter.isHooked).toBe(false);
    expect(await stage.people.merchant.get('review-hook:get', { params: params() })).toEqual({ hook: null });
  });

  it.each(['ftp://example.com/', 'http://user:secret@example.com/'])('cannot be at %s', async (address) => {
    const body = { hook: { url: address, onTimeout: 'hold', isOn: true } as const };
    const refused = await stage.people.merchant.send('review-hook:set', { params: params(), body });
    expect(refused).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
  });

  it('is tried with a message, signed so that it can be checked', async () => {
    const { secret } = await setHook({}, true);
    answer = say({ decision: 'rewrite', text: 'polite' });
    const tried = await stage.people.merchant.get('review-hook:try', {
      params: params(),
      body: { text: 'rude' },
    });
    expect(tried).toMatchObject({ outcome: 'rewrite', text: 'polite' });
    const [question] = asked;
    const timestamp = String(question?.headers['souk-timestamp']);
    expect(question?.headers['souk-signature']).toBe(
      signReview(secret ?? '', timestamp, question?.body ?? ''),
    );
    expect(JSON.parse(question?.body ?? '')).toMatchObject({
      merchantId: stage.shop.merchantId,
      user: { id: stage.shop.people.merchant, name: 'merchant' },
      text: 'rude',
    });
  });
});

describe('a message that waits for the hook', () => {
  it.each([
    ['allow', say({ decision: 'allow' }), 'sent hi'],
    ['deny', say({ decision: 'deny' }), 'chat:deleted'],
    ['rewrite', say({ decision: 'rewrite', text: ' ho ' }), 'sent ho'],
  ])('is let through, deleted or rewritten: %s', async (_decision, verdict, expected) => {
    await setHook();
    answer = verdict;
    expect(await fate('hi')).toBe(expected);
  });

  const faults: [string, (response: ServerResponse) => void][] = [
    ['late', () => undefined],
    ['late in the middle', (response) => void response.writeHead(200).write('{"decision":')],
    ['an error', say({ decision: 'allow' }, 500)],
    ['a redirect', (response) => void response.writeHead(302, { location: '/elsewhere' }).end()],
    ['no JSON', (response) => void response.end('allow')],
    ['another word', say({ decision: 'maybe' })],
    ['a rewriting without a text', say({ decision: 'rewrite' })],
    ['a rewriting to nothing', say({ decision: 'rewrite', text: '   ' })],
    ['huge', say({ decision: 'allow', more: 'x'.repeat(100_000) })],
    ['cut off', (response) => void response.destroy()],
  ];
  it.each(faults)('goes on as the shop decided when the answer is %s', async (_fault, wrong) => {
    answer = wrong;
    const outcomes = [];
    for (const onTimeout of ['hold', 'allow', 'deny'] as const) {
      await setHook({ onTimeout });
      outcomes.push(await fate('hi', { by: reviewInHaste }));
    }
    expect(outcomes).toEqual(['chat:held', 'sent hi', 'chat:deleted']);
  });

  it('is asked about no longer than the budget', async () => {
    await setHook();
    answer = () => undefined;
    const tried = await stage.people.merchant.get('review-hook:try', {
      params: params(),
      body: { text: 'slow' },
    });
    expect(tried.outcome).toBe('timeout');
    expect(tried.tookMs).toBeGreaterThanOrEqual(BUDGET_MS - 10);
  });

  it('waits no more when the hook was switched off meanwhile', async () => {
    await setHook({ isOn: false });
    expect(await fate('hi')).toBe('sent hi');
    expect(asked).toEqual([]);
  });

  it('is left alone when a moderator was quicker', async () => {
    await setHook();
    answer = say({ decision: 'rewrite', text: 'late' });
    const messageId = await stage.say({ userId: createId('guest'), text: 'quick', isHeld: true });
    const at = { params: { showId: stage.showId, messageId } };
    await stage.people.moderator.get('message:approve', at);
    await stage.commerce.foundation.relay.drain();
    await review({ showId: stage.showId, messageId });
    const gone = await stage.say({ userId: createId('guest'), text: 'gone', isHeld: true });
    await stage.people.moderator.get('message:delete', { params: { showId: stage.showId, messageId: gone } });
    await review({ showId: stage.showId, messageId: gone });
    const sent = await stage.readOf('chat:sent');
    expect(sent.filter(({ data }) => data.messageId === messageId).map(({ data }) => data.text)).toEqual([
      'quick',
    ]);
    expect(sent.filter(({ data }) => data.messageId === gone)).toEqual([]);
  });

  it('stands in the log when it was denied or rewritten, in the name of whoever set the hook', async () => {
    const { rows } = await stage.people.merchant.get('audit:list', { params: params(), query: {} });
    const byHook = rows.filter(({ reason }) => reason === 'review hook');
    expect(new Set(byHook.map(({ action, actorName }) => `${action} ${actorName}`))).toEqual(
      new Set(['message:delete merchant', 'message:rewrite merchant']),
    );
  });
});

describe('an address inside', () => {
  it.each(['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '0x7f.1', '2130706433'])(
    'is never asked in production: %s',
    async (host) => {
      const ask = createAskHook({
        allowPrivate: false,
        budgetMs: BUDGET_MS,
        clock: stage.commerce.foundation.clock,
        logger,
      });
      const user = { id: createId('guest'), name: 'Guest' };
      const message = { id: createId('message'), showId: stage.showId, ...params(), user, text: 'hi', at: 1 };
      const port = new URL(url).port;
      const asking = ask({ url: `http://${host}:${port}/`, secret: 'x' }, message);
      expect(await asking).toEqual({ outcome: 'unreachable' });
      expect(asked).toEqual([]);
    },
  );
});
