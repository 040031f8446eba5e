import type { MessageId, ShowId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestStage, type TestStage } from '../testing/test-stage.ts';

let stage: TestStage;
beforeAll(async () => {
  stage = await startTestStage();
});
afterAll(() => stage.stop());

const say = (showId: ShowId, isHeld = false): Promise<MessageId> =>
  stage.say({ showId, userId: stage.guestId, text: 'hello', isHeld });

async function startSale(showId: ShowId) {
  const { lineup } = await stage.people.host.get('show:get', { params: { showId } });
  const variantId = lineup[0]?.variants[0]?.id;
  if (variantId === undefined) throw new Error('the show has no products');
  const body = { variantId, units: 1, priceMinor: 900, perBuyerLimit: 1, seconds: 60 };
  return (await stage.people.host.get('sale:start', { params: { showId }, body })).sale.id;
}

async function readLog(showId: ShowId): Promise<string[][]> {
  const params = { merchantId: stage.shop.merchantId };
  const { rows } = await stage.people.merchant.get('audit:list', { params, query: { showId } });
  return rows
    .map(({ action, reason }) => [action, reason])
    .filter(([action]) => action !== 'moderator:invite')
    .reverse();
}

describe('the reason of an act', () => {
  it('stands in the log, whatever was done', async () => {
    const { moderator, host } = stage.people;
    const showId = await stage.createShow();
    const at = (messageId: MessageId) => ({ params: { showId, messageId } });
    await moderator.get('message:delete', { ...at(await say(showId)), query: { reason: 'spam' } });
    await moderator.get('message:approve', { ...at(await say(showId, true)), body: { reason: 'harmless' } });
    await moderator.get('message:delete', { ...at(await say(showId, true)), query: { reason: ' insult ' } });
    const sale = { params: { showId, saleId: await startSale(showId) } };
    await moderator.get('sale:stop', { ...sale, body: { reason: 'wrong price' } });
    await host.get('show:end', { params: { showId }, body: { reason: 'all sold' } });
    expect(await readLog(showId)).toEqual([
      ['message:delete', 'spam'],
      ['message:approve', 'harmless'],
      ['message:delete', 'insult'],
      ['sale:stop', 'wrong price'],
      ['show:end', 'all sold'],
    ]);
  });

  it('may be left out, with the body that carries it', async () => {
    const { moderator, host } = stage.people;
    const showId = await stage.createShow();
    await moderator.get('message:delete', { params: { showId, messageId: await say(showId) } });
    await moderator.get('message:approve', { params: { showId, messageId: await say(showId, true) } });
    await moderator.get('sale:stop', { params: { showId, saleId: await startSale(showId) }, body: {} });
    await host.get('show:end', { params: { showId } });
    expect((await readLog(showId)).map(([, reason]) => reason)).toEqual(['', '', '', '']);
  });

  it('is bounded', async () => {
    const params = { showId: stage.showId, messageId: await say(stage.showId) };
    const query = { reason: 'x'.repeat(limits.reasonLength + 1) };
    expect(await stage.people.moderator.send('message:delete', { params, query })).toMatchObject({
      error: { code: 'INVALID_INPUT' },
    });
  });
});
