import { createJobQueues } from '@souk/jobs/queues';
import { type ChatFilter, openChatFilter, openChatPolicy } from '@souk/protocol/chat';
import { createId } from '@souk/protocol/ids';
import { createEntry, type NewEntry } from '@souk/protocol/timeline/entries';
import { createLogger } from '@souk/runtime/logger';
import { eventually } from '@souk/runtime/testing/eventually';
import { createTestRedis } from '@souk/supervisor/test-database';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { chat } from './testing/chat.ts';
import { createHubWorld, createViewer, type HubWorld } from './testing/hub-world.ts';

const logger = createLogger({ name: 'chat-test', level: 'silent' });
let world: HubWorld;
let redisUrl: string;
beforeAll(async () => {
  redisUrl = (await createTestRedis(inject('redisUrl'))).url;
  world = await createHubWorld(redisUrl, 2);
});
afterAll(() => world.stop());

/** A show with its host, a speaker on one node and somebody who listens on another, each following it. */
async function enter(...rules: NewEntry[]) {
  const show = await world.goLive();
  const person = createViewer();
  const [host, speaker, listener] = await Promise.all([
    world.connect(show.host, 1),
    world.connect(person, 0),
    world.connect(createViewer('Lia'), 1),
  ]);
  const { showId } = show;
  for (const rule of rules) await world.append(showId, rule);
  for (const client of [host, speaker, listener]) await client.must('show:join', { showId });
  return {
    ...show,
    hostPerson: show.host,
    person,
    host,
    speaker,
    listener,
    say: (text: string) => chat(showId, text),
  };
}

const filter = (change: Partial<ChatFilter>) =>
  createEntry('chat-filter:changed', Date.now(), { ...openChatFilter, ...change });
const policy = (change: object) =>
  createEntry('chat-policy:changed', Date.now(), { ...openChatPolicy, ...change });
type Listener = Awaited<ReturnType<typeof enter>>['listener'];
const typesOf = (client: Listener) => client.entries().map(({ type }) => type);
/** Waits until the client has heard the last word, so that what it has not heard before, it will not. */
const hear = (client: Listener, text: string) =>
  eventually(() =>
    expect(client.entries().some(({ data }) => 'text' in data && data.text === text)).toBe(true),
  );

describe('a chat for followers, or for buyers', () => {
  it.each([
    ['followers', 'follower', 'FOLLOWERS_ONLY'],
    ['buyers', 'buyer', 'BUYERS_ONLY'],
  ] as const)('of %s takes a fresh token for an answer', async (who, kind, code) => {
    const { speaker, person, host, merchantId, say } = await enter(policy({ who }));
    expect(await speaker.refusal('chat:send', say('hello'))).toBe(code);
    const renew = async (tie: { merchantId: typeof merchantId; kind: 'follower' | 'buyer' }) =>
      speaker.must('session:renew', { token: await world.tokenOf({ ...person, ties: [tie] }) });
    await renew({ merchantId: createId('merchant'), kind });
    expect(await speaker.refusal('chat:send', say('hello'))).toBe(code);
    await renew({ merchantId, kind });
    expect(await speaker.must('chat:send', say('hello'))).toMatchObject({ outcome: 'sent' });
    expect(await host.must('chat:send', say('welcome'))).toMatchObject({ outcome: 'sent' });
  });
});

describe('what may be said', () => {
  it('has no links where there shall be none, but for the staff', async () => {
    const { speaker, host, say } = await enter(policy({ linksAllowed: false }));
    expect(await speaker.refusal('chat:send', say('see www.example.org'))).toBe('LINKS_NOT_ALLOWED');
    expect(await host.refusal('chat:send', say('see www.example.org'))).toBeUndefined();
  });

  it('has no blocked word, however it is written', async () => {
    const { speaker, host, say } = await enter(filter({ words: ['scam'] }));
    expect(await speaker.refusal('chat:send', say('what a $c@m'))).toBe('MESSAGE_BLOCKED');
    expect(await speaker.must('chat:send', say('scampi'))).toMatchObject({ outcome: 'sent' });
    expect(await host.must('chat:send', say('no scam'))).toMatchObject({ outcome: 'sent' });
  });

  it('waits with a blocked word, heard by the staff and the speaker alone', async () => {
    const { speaker, host, listener, say } = await enter(filter({ words: ['scam'], onMatch: 'hold' }));
    const { messageId, outcome } = await speaker.must('chat:send', say('a scam'));
    expect(outcome).toBe('held');
    await speaker.must('chat:send', say('last word'));
    await Promise.all([speaker, host, listener].map((client) => hear(client, 'last word')));
    expect(typesOf(listener)).not.toContain('chat:held');
    for (const client of [speaker, host])
      expect(client.entries()).toContainEqual(
        expect.objectContaining({
          type: 'chat:held',
          data: expect.objectContaining({ messageId, cause: 'blocked-word' }),
        }),
      );
  });

  it('waits whatever it is where all is reviewed, but for the staff', async () => {
    const { speaker, host, say } = await enter(filter({ review: 'everyone', isHooked: true }));
    expect(await speaker.must('chat:send', say('hello'))).toMatchObject({ outcome: 'held' });
    expect(await host.must('chat:send', say('welcome'))).toMatchObject({ outcome: 'sent' });
  });

  it('is given to the review hook once, however often the command comes', async () => {
    const { speaker, showId, say } = await enter(filter({ isHooked: true }));
    const command = say('hello');
    const answer = await speaker.must('chat:send', command);
    expect(answer.outcome).toBe('held');
    expect(await speaker.must('chat:send', command)).toEqual(answer);
    const jobs = createJobQueues({ redisUrl, logger });
    const asked: unknown[] = [];
    jobs.process('chat-review', async (payload, { jobId }) => void asked.push({ ...payload, jobId }), {
      concurrency: 1,
    });
    const { messageId } = answer;
    await eventually(() => expect(asked).toEqual([{ showId, messageId, jobId: messageId }]));
    await jobs.close({ waitMs: 1_000 });
  });
});

describe('slow mode', () => {
  it('holds over all nodes, says how long to wait, and leaves the staff alone', async () => {
    const { speaker, person, host, showId, say } = await enter(policy({ slowSeconds: 60 }));
    const elsewhere = await world.connect(person, 1);
    await elsewhere.must('show:join', { showId });
    const answers = await Promise.all([
      speaker.ask('chat:send', say('one')),
      elsewhere.ask('chat:send', say('two')),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const refused = answers.find(({ ok }) => !ok);
    expect(refused).toMatchObject({ error: { code: 'SLOW_MODE', retryable: true } });
    const retryAfterMs = refused?.ok === false ? (refused.error.retryAfterMs ?? 0) : 0;
    expect(retryAfterMs).toBeGreaterThan(30_000);
    expect(retryAfterMs).toBeLessThanOrEqual(60_000);
    for (const text of ['a', 'b', 'c']) await host.must('chat:send', say(text));
  });
});

describe('the same again', () => {
  it('is counted at the first message, without its text', async () => {
    const { speaker, listener, say } = await enter();
    const first = await speaker.must('chat:send', say('Hello there'));
    const command = say('hello  there!!!');
    const again = await speaker.must('chat:send', command);
    expect(again).toMatchObject({ messageId: first.messageId, outcome: 'repeated' });
    expect(await speaker.must('chat:send', command)).toEqual(again);
    await eventually(() => expect(typesOf(listener)).toEqual(['chat:sent', 'chat:repeated']));
    expect(listener.entries()[1]?.data).toMatchObject({ messageId: first.messageId });
    expect(await listener.must('show:join', { showId: command.showId })).toMatchObject({
      state: { chat: [{ text: 'Hello there', repeats: 1 }] },
    });
  });

  it('of several people is one where it is long, and theirs where it is short', async () => {
    const { speaker, listener, host, say } = await enter();
    const first = await speaker.must('chat:send', say('buy followers at my nice place'));
    const copy = await listener.must('chat:send', say('Buy followers at my nice place!'));
    expect(copy).toMatchObject({ messageId: first.messageId, outcome: 'repeated' });
    await speaker.must('chat:send', say('yes'));
    expect(await listener.must('chat:send', say('yes'))).toMatchObject({ outcome: 'sent' });
    expect(await host.must('chat:send', say('yes'))).toMatchObject({ outcome: 'sent' });
    expect(await host.must('chat:send', say('yes'))).toMatchObject({ outcome: 'sent' });
  });
});

describe('a shadow-banned person', () => {
  it('is heard by the staff, and learns nothing', async () => {
    const { speaker, person, host, hostPerson, listener, showId, say } = await enter();
    const { userId, name } = person;
    // Each node hears of it in its own time: what counts is the one where the person speaks.
    const staff = await world.connect(hostPerson, 0);
    await staff.must('show:join', { showId });
    await world.append(
      showId,
      createEntry('user:shadow-banned', Date.now(), { userId, name, reason: 'spam' }),
    );
    await eventually(() => expect(typesOf(staff)).toContain('user:shadow-banned'));
    const said = await speaker.must('chat:send', say('psst'));
    expect(said.outcome).toBe('sent');
    expect(await speaker.must('chat:send', say('psst'))).toMatchObject({ outcome: 'repeated' });
    expect(await speaker.refusal('reaction:send', { showId, emoji: '🔥' })).toBeUndefined();
    expect(await listener.refusal('chat:send', { ...say('what?'), replyTo: said.messageId })).toBe(
      'MESSAGE_NOT_FOUND',
    );
    await host.must('chat:send', say('last word'));
    await Promise.all([speaker, host, listener].map((client) => hear(client, 'last word')));
    expect(typesOf(listener)).toEqual(['chat:sent']);
    expect(typesOf(speaker)).toEqual(['chat:sent', 'chat:repeated', 'chat:sent']);
    await listener.must('reaction:send', { showId, emoji: '👏' });
    const reactions = () => listener.frames.flatMap(({ levels }) => Object.keys(levels?.reactions ?? {}));
    await eventually(() => expect(reactions()).toContain('👏'));
    expect(reactions()).not.toContain('🔥');
  });
});

describe('a reply', () => {
  it('names whom it answers, as the server knows them', async () => {
    const { speaker, listener, host, showId, say } = await enter();
    const { messageId } = await speaker.must('chat:send', say('how much?'));
    await hear(host, 'how much?');
    await host.must('chat:send', { ...say('ten'), replyTo: messageId });
    await hear(listener, 'ten');
    const reply = listener.entries().find(({ data }) => 'text' in data && data.text === 'ten');
    expect(reply?.data).toMatchObject({ replyTo: { messageId, name: 'Vera' } });
    // It may have scrolled away while the answer was written.
    const other = createId('user');
    for (let said = 0; said < 150; said += 1) {
      const facts = { messageId: createId('message'), userId: other, name: 'Ola', role: 'viewer' as const };
      await world.append(showId, createEntry('chat:sent', Date.now(), { ...facts, text: `${said}` }));
    }
    await hear(host, '149');
    await host.must('chat:send', { ...say('ten each'), replyTo: messageId });
    await world.append(showId, createEntry('chat:deleted', Date.now(), { messageId }));
    await eventually(() => expect(typesOf(host)).toContain('chat:deleted'));
    for (const replyTo of [messageId, createId('message')])
      expect(await host.refusal('chat:send', { ...say('ten'), replyTo })).toBe('MESSAGE_NOT_FOUND');
  });
});

describe('an announcement', () => {
  it("is the staff's", async () => {
    const { speaker, host, listener, say } = await enter();
    const kind = 'announcement' as const;
    expect(await speaker.refusal('chat:send', { ...say('hear me'), kind })).toBe('FORBIDDEN');
    await host.must('chat:send', { ...say('we begin'), kind });
    await hear(listener, 'we begin');
    expect(listener.entries().at(-1)?.data).toMatchObject({ kind, role: 'host' });
  });
});

describe('a command that comes again', () => {
  it('has its first answer, whatever has become forbidden since', async () => {
    const { speaker, person, showId, say } = await enter();
    const command = say('hello');
    const answer = await speaker.must('chat:send', command);
    const until = Date.now() + 60_000;
    const { userId } = person;
    await world.append(showId, createEntry('user:muted', Date.now(), { userId, until, reason: '' }, userId));
    await eventually(() => expect(typesOf(speaker)).toContain('user:muted'));
    expect(await speaker.must('chat:send', command)).toEqual(answer);
    expect(await speaker.refusal('chat:send', say('more'))).toBe('MUTED');
    expect(await speaker.refusal('reaction:send', { showId, emoji: '🔥' })).toBe('MUTED');
  });
});
