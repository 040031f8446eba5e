import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type CrowdGuest, joinAsGuest } from './crowd.ts';
import { expectCount, expectNoComplaints, expectSoon, expectText } from './expectations.ts';
import { keepEvidence } from './keep-evidence.ts';
import { type OpenShop, openShop } from './open-shop.ts';
import { invite, logIn, type Person } from './people.ts';
import { sayPastThePage } from './say-past-the-page.ts';
import { say, waitForMessage } from './viewer-actions.ts';
import { createWorld, type World } from './world.ts';

/** One moderator, two shows, and a keyboard. */
describe('the moderation console', () => {
  let world: World;
  let first: OpenShop;
  let second: OpenShop;
  let moderator: Person;
  let viewer: Person;
  let guest: Person;
  let merchant: Person;
  let crowd: CrowdGuest;

  beforeAll(async () => {
    world = await createWorld();
    const { browser, house } = world;
    first = await openShop(house.origin, 'First show');
    second = await openShop(house.origin, 'Second show');
    for (const { host, showId } of [first, second]) {
      await host.call('moderator:invite', { params: { showId }, body: { email: 'moderator@souk.local' } });
    }
    moderator = await invite(browser, house.origin, 'desktop');
    viewer = await invite(browser, house.origin, 'desktop');
    guest = await invite(browser, house.origin, 'desktop');
    merchant = await invite(browser, house.origin, 'desktop');
    crowd = await joinAsGuest(house.origin, [first.showId, second.showId]);
    await logIn(moderator, 'moderator@souk.local');
    await logIn(viewer, 'viewer@souk.local');
  });

  afterAll(async () => {
    crowd?.leave();
    await world?.close();
  });

  afterEach((context) => keepEvidence(context, { moderator, viewer, guest, merchant }));

  const press = (key: string): Promise<void> => moderator.page.keyboard.press(key);
  const waits = (): Locator => moderator.page.getByTestId('waiting-count');
  const spoken = ({ page }: Person, text: string): Locator =>
    page.getByTestId('chat-message').filter({ hasText: text });

  /** Goes up from the newest message, row by row, until this one is chosen. */
  async function choose(text: string): Promise<void> {
    await waitForMessage(moderator.page, text);
    const wanted = await spoken(moderator, text).last().getAttribute('data-message-id');
    await press('Escape');
    await expectCount(moderator.page.locator('[aria-current="true"]'), 0);
    let chosen: string | null = null;
    while (chosen !== wanted) {
      await press('k');
      chosen = await nextChosen(chosen);
    }
  }

  /** The message that is chosen once it is another one than before. */
  async function nextChosen(before: string | null): Promise<string> {
    const handle = await moderator.page.waitForFunction((former) => {
      const row = document.querySelector<HTMLElement>('[data-message-id][aria-current="true"]');
      const id = row?.dataset['messageId'];
      return id === undefined || id === former ? undefined : id;
    }, before);
    return String(await handle.jsonValue());
  }

  it('leads from the door into a show, and tells who was not invited what to wait for', async () => {
    await viewer.page.goto('/moderate');
    await viewer.page.getByRole('heading', { name: 'None of your shows is on air.' }).waitFor();
    await moderator.page.goto('/moderate');
    const doors = moderator.page.getByTestId('moderated-show');
    await expectCount(doors, 2);
    await doors.filter({ hasText: 'First show' }).click();
    await moderator.page.waitForURL(`**/moderate/${first.showId}`);
  });

  it('says that the server does not answer, and lets in when it is tried again', async () => {
    const { page, context } = moderator;
    await context.route('**/api/**', (route) => route.abort());
    await page.goto('/moderate');
    const again = page.getByTestId('load-again');
    await again.waitFor();
    await context.unroute('**/api/**');
    await again.click();
    await expectCount(page.getByTestId('moderated-show'), 2);
  });

  it('follows two shows at once, and tells what waits in the one that is not in sight', async () => {
    await second.host.call('chat-filter:set', {
      params: { showId: second.showId },
      body: { words: [], onMatch: 'refuse', review: 'everyone' },
    });
    await moderator.page.goto(`/moderate/${first.showId}`);
    await expectCount(moderator.page.getByTestId('console-show'), 2);
    await expectText(waits(), /Nothing/);
    await crowd.say(second.showId, 'May I come through?');
    const link = moderator.page.getByTestId('console-show').filter({ hasText: 'Second show' });
    await expectText(link.getByTestId('show-waits'), /1/);
  });

  it('lets a held message through at one key, and rejects another', async () => {
    await viewer.page.goto(`/watch/${second.showId}`);
    await press('2');
    await moderator.page.waitForURL(`**/${second.showId}`);
    await crowd.say(second.showId, 'And may I not?');
    await expectText(waits(), /2/);
    await press('g');
    await press('a');
    await waitForMessage(viewer.page, 'May I come through?');
    await press('r');
    await expectText(waits(), /Nothing/);
    await expectCount(spoken(viewer, 'And may I not?'), 0);
  });

  it('dismisses a report, and closes another with what is done about it', async () => {
    await press('1');
    await moderator.page.waitForURL(`**/${first.showId}`);
    await viewer.page.goto(`/watch/${first.showId}`);
    const { showId } = first;
    const other = await joinAsGuest(world.house.origin, [showId]);
    const harmless = await crowd.say(showId, 'A harmless word');
    const rude = await crowd.say(showId, 'A rude word');
    await other.report(showId, { userId: crowd.userId, messageId: harmless });
    await other.report(showId, { userId: crowd.userId, messageId: rude });
    other.leave();
    await expectText(waits(), /2/);
    await press('g');
    await press('x');
    await expectText(waits(), /1/);
    await waitForMessage(viewer.page, 'A rude word');
    await press('d');
    await expectCount(spoken(viewer, 'A rude word'), 0);
    await expectText(waits(), /Nothing/);
    expect(await spoken(viewer, 'A harmless word').count()).toBe(1);
  });

  it('mutes with a reason and takes the messages away, and takes the mute back', async () => {
    await guest.page.goto(`/watch/${first.showId}`);
    await say(guest.page, 'Buy at my place');
    await waitForMessage(viewer.page, 'Buy at my place');
    await choose('Buy at my place');
    await press('q');
    await press('m');
    await guest.page.getByTestId('mute-notice').waitFor();
    await expectCount(spoken(viewer, 'Buy at my place'), 0);
    expect(await sayPastThePage(guest, world.house.origin, first.showId)).toBe('MUTED');
    await press('z');
    await expectText(moderator.page.getByTestId('act-line'), /may speak again/);
    await expectCount(guest.page.getByTestId('mute-notice'), 0);
  });

  it('lets nobody else see what a shadow-banned person says, and tells that person nothing', async () => {
    await say(guest.page, 'Seen by all');
    await choose('Seen by all');
    await press('h');
    await moderator.page.getByTestId('act-shadow-unban').waitFor();
    await say(guest.page, 'Seen by nobody');
    await waitForMessage(guest.page, 'Seen by nobody');
    await waitForMessage(moderator.page, 'Seen by nobody');
    await crowd.say(first.showId, 'After that');
    await waitForMessage(viewer.page, 'After that');
    expect(await spoken(viewer, 'Seen by nobody').count()).toBe(0);
    await press('z');
    await moderator.page.getByTestId('act-shadow-ban').waitFor();
  });

  it('bans from the show, and lets come back', async () => {
    await choose('Seen by all');
    await press('b');
    await expectText(moderator.page.getByTestId('act-line'), /is banned from this show/);
    await expectSoon(() => sayPastThePage(guest, world.house.origin, first.showId), 'BANNED');
    await press('z');
    await expectText(moderator.page.getByTestId('act-line'), /ban of .* is lifted/);
    await guest.page.reload();
    await waitForMessage(guest.page, 'After that');
  });

  it('says who cannot be acted on, and offers nothing against them', async () => {
    const { host, showId } = first;
    await host.call('chat-policy:set', {
      params: { showId },
      body: { who: 'everyone', slowSeconds: 0, linksAllowed: false },
    });
    await press('w');
    await moderator.page.keyboard.type('Be kind to each other');
    await press('Enter');
    await press('Escape');
    await waitForMessage(viewer.page, 'Be kind to each other');
    await choose('Be kind to each other');
    await moderator.page.getByTestId('untouchable').waitFor();
    expect(await moderator.page.getByTestId('act-ban').count()).toBe(0);
  });

  it('pins a message above the chat, and takes it off', async () => {
    await choose('After that');
    await press('p');
    await expectText(moderator.page.getByTestId('pinned-message'), /After that/);
    await press('z');
    await expectCount(moderator.page.getByTestId('pinned-message'), 0);
  });

  it('tries the rules before they count, with the matcher that the hub uses', async () => {
    const { page } = moderator;
    await page.getByTestId('chat-settings').click();
    await page.getByTestId('blocked-words').fill('free money');
    await page.getByTestId('try-text').fill('get FR33 M0NEY now');
    await page.locator('[data-testid="verdict"][data-outcome="refused"]').waitFor();
    await page.getByTestId('try-text').fill('money is free to spend');
    await page.locator('[data-testid="verdict"][data-outcome="sent"]').waitFor();
    await page.getByTestId('save-words').click();
    await expectSoon(() => page.getByTestId('save-words').isDisabled(), true);
    await press('Escape');
    // Until it has closed, the dialog takes every key for itself.
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const refused = crowd.say(first.showId, 'fr.ee mo.ney').catch((error: Error) => error.message);
    expect(await refused).toBe('MESSAGE_BLOCKED');
  });

  it('stands still under the hand while the chat runs fast', async () => {
    const { page } = moderator;
    await choose('After that');
    const chosen = page.locator('[aria-current="true"][data-message-id]');
    const before = await chosen.boundingBox();
    const { origin } = world.house;
    const many = await Promise.all(Array.from({ length: 20 }, () => joinAsGuest(origin, [first.showId])));
    const burst = many.flatMap((each, place) =>
      [1, 2, 3, 4].map((turn) => each.say(first.showId, `message ${turn} of ${place}`)),
    );
    await Promise.all(burst);
    await expectText(page.getByTestId('to-newest'), /80 new/);
    expect(await chosen.boundingBox()).toEqual(before);
    // Scrolled to in between, still one key from the newest.
    for (let step = 0; step < 8; step += 1) await press('k');
    await press('Escape');
    await expectCount(page.getByTestId('to-newest'), 0);
    expect(await page.getByTestId('chat-message').count()).toBeLessThanOrEqual(60);
    for (const each of many) each.leave();
  });

  it('deletes the last message of the studio at one press, and chooses nothing by it', async () => {
    const host = await invite(world.browser, world.house.origin, 'desktop');
    const { page } = host;
    await logIn(host, 'host@souk.local');
    await page.goto(`/studio/${first.showId}`);
    const last = page.getByTestId('chat-message').last();
    await last.hover();
    const id = await last.getAttribute('data-message-id');
    const button = await last.getByTestId('chat-delete').boundingBox();
    if (button === null) throw new Error('the button stands on the row that is pointed at');
    await page.mouse.move(button.x + button.width / 2, button.y + button.height / 2);
    await page.mouse.down();
    // What appears at the press must not lie between the finger and the button.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
    await page.mouse.up();
    await page.locator(`[data-testid="chat-message-gone"][data-message-id="${id}"]`).waitFor();
    await expectCount(page.getByTestId('chosen-message'), 0);
    expectNoComplaints([host]);
    await host.context.close();
  });

  it('leaves a record that the merchant narrows and takes along', async () => {
    const { page } = merchant;
    await logIn(merchant, 'merchant@souk.local');
    await page.goto('/desk/community');
    await page.locator('[data-testid="audit-row"][data-action="user:mute"]').first().waitFor();
    await page.getByTestId('audit-action').selectOption('user:mute');
    await expectCount(page.locator('[data-testid="audit-row"]:not([data-action="user:mute"])'), 0);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByTestId('audit-export').click(),
    ]);
    const csv = await readFile(await download.path(), 'utf8');
    expect(csv).toMatch(/user:mute.*Spam/);
    expect(csv).not.toMatch(/user:ban/);
  });

  it('has given no page a reason to complain', () => {
    expectNoComplaints([moderator, viewer, guest, merchant]);
  });
});
