import { type UserId, userIdSchema } from '@souk/protocol/ids';
import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type CrowdGuest, joinAsGuest } from './crowd.ts';
import { expectCount, expectNoComplaints, expectSoon, expectText } from './expectations.ts';
import { keepEvidence } from './keep-evidence.ts';
import { type OpenShop, openShop } from './open-shop.ts';
import { invite, logIn, type Person } from './people.ts';
import { say, waitForMessage } from './viewer-actions.ts';
import { createWorld, type World } from './world.ts';

const open = { who: 'everyone', slowSeconds: 0, linksAllowed: true } as const;

describe('the chat of a viewer', () => {
  let world: World;
  let shop: OpenShop;
  let viewer: Person;
  let phone: Person;
  let crowd: CrowdGuest;

  beforeAll(async () => {
    world = await createWorld();
    shop = await openShop(world.house.origin, 'A talkative show');
    viewer = await invite(world.browser, world.house.origin, 'desktop');
    phone = await invite(world.browser, world.house.origin, 'phone');
    crowd = await joinAsGuest(world.house.origin, [shop.showId]);
    await logIn(viewer, 'viewer@souk.local');
    await viewer.page.goto(`/watch/${shop.showId}`);
    await phone.page.goto(`/watch/${shop.showId}`);
  });
  afterAll(async () => {
    crowd?.leave();
    await world?.close();
  });
  afterEach((context) => keepEvidence(context, { viewer, phone }));

  const messages = ({ page }: Person, text: string): Locator =>
    page.getByTestId('chat-message').filter({ hasText: text });
  const setPolicy = (
    policy: Partial<{ who: 'followers' | 'buyers'; slowSeconds: number; linksAllowed: boolean }>,
  ) => shop.host.call('chat-policy:set', { params: { showId: shop.showId }, body: { ...open, ...policy } });

  it('answers a message, by a tap on a phone too, and counts what is said again', async () => {
    await crowd.say(shop.showId, 'Is it waterproof?');
    await messages(phone, 'waterproof').click();
    await phone.page.getByTestId('reply').click();
    await expectText(phone.page.getByTestId('reply-chip'), /Replying to/);
    await say(phone.page, 'I wore it in the rain');
    const answer = messages(viewer, 'in the rain');
    await expectText(answer.getByTestId('chat-replied'), /Is it waterproof/);
    await expectCount(phone.page.getByTestId('reply-chip'), 0);
    await crowd.say(shop.showId, 'Is it waterproof?');
    await expectText(messages(viewer, 'waterproof').first().getByTestId('chat-repeats'), /×2/);
  });

  it('lets the pinned message stand above it', async () => {
    const messageId = await crowd.say(shop.showId, 'Sizes run small');
    await shop.host.call('message:pin', { params: { showId: shop.showId }, body: { messageId } });
    await expectText(viewer.page.getByTestId('pinned-message'), /Sizes run small/);
    await expectText(phone.page.getByTestId('pinned-message'), /Sizes run small/);
  });

  it('shows the own held message to its writer alone', async () => {
    const params = { showId: shop.showId };
    const filter = { words: [], onMatch: 'refuse' as const, review: 'everyone' as const };
    await shop.host.call('chat-filter:set', { params, body: filter });
    await say(phone.page, 'May I say this?');
    await expectText(phone.page.getByTestId('held-message'), /Waiting for approval/);
    expect(await messages(viewer, 'May I say this?').count()).toBe(0);
    await shop.host.call('chat-filter:set', { params, body: { ...filter, review: 'none' } });
  });

  it('counts down in slow mode, and keeps a refused text with its reason', async () => {
    await setPolicy({ slowSeconds: 5, linksAllowed: false });
    await say(viewer.page, 'One message');
    await expectText(viewer.page.getByTestId('slow-mode'), /[1-5]$/);
    await viewer.page.getByTestId('chat-send').waitFor();
    await say(viewer.page, 'Look at www.example.com');
    const refusal = viewer.page.getByTestId('error-message');
    await expectSoon(() => refusal.getAttribute('data-code'), 'LINKS_NOT_ALLOWED');
    expect(await viewer.page.getByTestId('chat-input').inputValue()).toBe('Look at www.example.com');
  });

  it('lets in whoever follows the shop, in place', async () => {
    await setPolicy({ who: 'followers' });
    await viewer.page.getByTestId('chat-closed').getByTestId('follow').click();
    await say(viewer.page, 'Now I follow');
    await waitForMessage(phone.page, 'Now I follow');
    await setPolicy({});
  });

  it('reports a message to the staff', async () => {
    await messages(viewer, 'Sizes run small').hover();
    await messages(viewer, 'Sizes run small').getByRole('button').click();
    await viewer.page.getByTestId('report-message').click();
    await viewer.page.getByRole('radio').first().check();
    await viewer.page.getByTestId('report-send').click();
    await expectCount(viewer.page.getByTestId('report-send'), 0);
  });

  it('tells who is sent out, lets them come back once, and a banned person no more', async () => {
    const params = { showId: shop.showId, userId: await userIdOf(viewer) };
    await shop.host.call('user:disconnect', { params, body: { reason: '' } });
    await viewer.page.getByTestId('come-back').click();
    await waitForMessage(viewer.page, 'Now I follow');
    await shop.host.call('user:ban', { params, body: { scope: 'show', reason: 'spam' } });
    const removed = viewer.page.getByTestId('removed');
    await expectText(removed, /can't take part in this show any more/);
    await viewer.page.reload();
    await expectText(removed, /can't take part in this show any more/);
    expectNoComplaints([viewer, phone]);
  });
});

/** Whom a page is logged in as. */
async function userIdOf({ page }: Person): Promise<UserId> {
  const answer: unknown = await page.evaluate(async () =>
    (await fetch('/api/auth/token', { method: 'POST' })).json(),
  );
  return z.object({ data: z.object({ userId: userIdSchema }) }).parse(answer).data.userId;
}
