import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { expectNoComplaints, expectPicture, expectSending, expectSoon } from './expectations.ts';
import { goOnAir } from './host-actions.ts';
import { keepEvidence } from './keep-evidence.ts';
import { invite, logIn, type Person } from './people.ts';
import { useSmallCamera } from './small-camera.ts';
import { createWorld, type World } from './world.ts';

describe('the studio', () => {
  let world: World;
  let host: Person;
  let viewer: Person;

  beforeAll(async () => {
    world = await createWorld();
    host = await invite(world.browser, world.house.origin, 'desktop');
    viewer = await invite(world.browser, world.house.origin, 'desktop');
    await useSmallCamera(host);
    await logIn(host, 'host@souk.local');
  });
  afterAll(async () => {
    await world?.close();
  });
  afterEach((context) => keepEvidence(context, { host, viewer }));

  it('measures the network before the show by sending a test picture', async () => {
    const { page } = host;
    await page.goto('/studio');
    await page.getByTestId('create-show').click();
    await page.getByTestId('check-network').click();
    const verdict = page.getByTestId('network-verdict');
    await verdict.waitFor();
    // A machine with two cores may well be the limit; a network on loopback is not.
    expect(await verdict.getAttribute('data-verdict')).toMatch(/^(good|cpu|fair)$/);
    expect(await verdict.textContent()).toContain('Mbps');
  });

  it('gives an encoder its server and a key, once, and takes the key back', async () => {
    const { page } = host;
    await page.getByTestId('choose-encoder').click();
    await page.getByTestId('rotate-key').click();
    const secret = await page.getByTestId('stream-key').textContent();
    expect(await page.getByTestId('encoder-server').textContent()).toContain('/whip');
    await page.reload();
    await page.getByTestId('key-hint').waitFor();
    expect(await page.getByTestId('key-hint').textContent()).toContain((secret ?? '').slice(-4));
    expect(await page.getByTestId('stream-key').count()).toBe(0);
    await page.getByTestId('revoke-key').click();
    await page.getByTestId('key-hint').waitFor({ state: 'detached' });
    await page.getByTestId('choose-page').click();
    await page.getByTestId('preview').waitFor();
  });

  it('is on air in H264 and watched', async () => {
    const showId = await goOnAir(host.page, 'A show with two cameras', 1);
    await viewer.page.goto(`/watch/${showId}`);
    await expectPicture(viewer.page);
    const health = host.page.getByTestId('broadcast-health');
    await expectSoon(() => health.getAttribute('data-codec'), 'video/H264');
    await host.page.getByTestId('media-figures').waitFor();
  });

  it('changes camera, microphone and screen without a new connection', async () => {
    const { page } = host;
    const connections = () => page.evaluate(() => window.soukTestConnections?.length);
    const before = await connections();
    const source = () => page.getByTestId('preview').getAttribute('data-source');

    await page.getByTestId('toggle-camera').click();
    await expectSoon(source, 'plate');
    await expectPicture(viewer.page);
    await page.getByTestId('toggle-camera').click();
    await expectSoon(source, 'camera');

    await page.getByTestId('toggle-microphone').click();
    await page.getByTestId('capture-notice').waitFor();
    await page.getByTestId('toggle-microphone').click();
    await page.getByTestId('capture-notice').waitFor({ state: 'detached' });

    await page.getByTestId('devices').click();
    await page.getByRole('menuitemradio').last().click();
    await expectSending(page);
    await expectPicture(viewer.page);
    expect(await connections()).toBe(before);
  });

  it('tells a host whose camera is refused what to do', async () => {
    const { page } = await inviteWithoutCamera(world);
    await page.getByTestId('camera-fault').waitFor();
    expect(await page.getByTestId('camera-fault').getAttribute('data-fault')).toBe('refused');
    expect(await page.getByTestId('go-live').isDisabled()).toBe(true);
  });

  it('has given no page a reason to complain', () => expectNoComplaints([host, viewer]));
});

/** A host in the studio of a new show, whose browser says no to the camera. */
async function inviteWithoutCamera({ browser, house }: World): Promise<Person> {
  const person = await invite(browser, house.origin, 'desktop');
  await person.context.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  await logIn(person, 'host@souk.local');
  await person.page.goto('/studio');
  await person.page.getByTestId('create-show').click();
  return person;
}
