import { createId, type ShowId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import { createLogger } from '@souk/runtime/logger';
import { closeRedis, createRedis } from '@souk/runtime/redis';
import { eventually } from '@souk/runtime/testing/eventually';
import { afterAll, expect, inject, it } from 'vitest';
import { hearPrompts, tellPrompt } from './prompts.ts';
import { sampleChat } from './testing/sample-entries.ts';

const logger = createLogger({ name: 'prompts-test', level: 'silent' });
const connect = (name: string) => createRedis({ url: inject('redisUrl'), name, logger });
const [teller, hearer] = [connect('prompts-teller'), connect('prompts-hearer')];
afterAll(() => Promise.all([teller, hearer].map(closeRedis)));

it('tells of what belongs to the picture or decides who sees it, and of nothing else', async () => {
  const heard: ShowId[] = [];
  hearPrompts({ redis: hearer, logger, onPrompt: (showId) => heard.push(showId) });
  const [chatting, pinning, ending] = [createId('show'), createId('show'), createId('show')];
  const pin = createEntry('product:pinned', 1, { productId: createId('product') });
  await eventually(async () => {
    await tellPrompt(teller, chatting, sampleChat(1, 'x'));
    await tellPrompt(teller, pinning, pin);
    await tellPrompt(teller, ending, createEntry('show:ended', 1, { reason: 'ended-by-host' }));
    expect(heard).toContain(pinning);
  });
  await teller.publish('souk:prompts', 'nonsense');
  const last = createId('show');
  await tellPrompt(teller, last, pin);
  await eventually(() => expect(heard).toContain(last));
  expect(new Set(heard)).toEqual(new Set([pinning, ending, last]));
});
