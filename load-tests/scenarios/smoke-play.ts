import { setTimeout as pause } from 'node:timers/promises';
import { type PublisherBot, startPublisherBot } from '../clients/publisher-bot.ts';
import type { WatcherBot } from '../clients/watcher-bot.ts';
import { checkInvariants } from '../invariants/check-invariants.ts';
import { readUsage } from '../world/process-usage.ts';
import type { World } from '../world/world.ts';
import { buyUnit, type Purchase } from './acts/buy-unit.ts';
import { changeMinds, type Wares } from './acts/change-minds.ts';
import { chat } from './acts/chat.ts';
import { type Guest, gatherCrowd } from './acts/gather-crowd.ts';
import { type OpenShow, openShow } from './acts/open-show.ts';
import { watchShow } from './acts/watch-show.ts';
import type { Outcome, ScenarioContext } from './scenario.ts';
import type { SmokeParams } from './smoke.ts';
import { reportSmoke } from './smoke-report.ts';

const TALK_EVERY_MS = 2_000;
const PRICE_MINOR = 1_000;
const NEWS_TIMEOUT_MS = 15_000;
/** Nothing may be under way for longer than this when the show is over. */
const GRACE_MS = 10_000;

/** Plays one show from going live to its end, and measures it. */
export async function playSmoke(
  world: World,
  params: SmokeParams,
  context: ScenarioContext,
): Promise<Outcome> {
  const { progress, signal } = context;
  progress.step('opening the show');
  const show = await openShow(world);
  const publisher = await startPublisherBot({
    mediaUrl: world.mediaUrl,
    token: show.ticket.token,
    width: 640,
    height: 360,
    framesPerSecond: 15,
    videoBitrateBps: 400_000,
  });
  let guests: readonly Guest[] = [];
  let watchers: readonly WatcherBot[] = [];
  try {
    progress.step(`letting ${params.clients} guests and ${params.watchers} watchers in`);
    guests = await gatherCrowd(world, show.showId, params.clients);
    watchers = await watchShow(world, show.showId, params.watchers);

    progress.step(
      `${params.talkers} guests talk for ${params.seconds} s, ${params.buyers} want one of ${params.units} units`,
    );
    const [messages, purchases] = await Promise.all([
      chat(guests.slice(0, params.talkers), {
        showId: show.showId,
        seconds: params.seconds,
        everyMs: TALK_EVERY_MS,
        signal,
      }),
      sellOut(show, guests.slice(0, params.buyers), params, signal),
    ]);
    const afterSale = await show.host.call('show:summary', { params: { showId: show.showId } });
    progress.step('some guests buy and change their minds');
    const regrets = await changeMinds(world, waresOf(show), guests.slice(-4));
    progress.step('ending the show');
    const received = watchers.map((watcher) => ({
      audio: watcher.received('audio'),
      video: watcher.received('video'),
    }));
    const usage = readUsage(world.services);
    await end(show, publisher, guests);
    const summary = await show.host.call('show:summary', { params: { showId: show.showId } });
    progress.step('checking the invariants');
    const violations = await checkInvariants({ ...world, graceMs: GRACE_MS });
    return reportSmoke({
      params,
      guests,
      watchers,
      received,
      publisher,
      messages,
      purchases,
      regrets,
      unitsAfterSale: afterSale.unitsSold,
      summary,
      usage,
      violations,
    });
  } finally {
    for (const { hub } of guests) hub.close();
    await Promise.allSettled(watchers.map((watcher) => watcher.leave()));
    await publisher
      .leave()
      .catch((error: unknown) => progress.step(`the publisher did not leave: ${String(error)}`));
  }
}

/** Something that is for sale at its ordinary price: the last product, which no flash sale has touched. */
function waresOf({ showId, lineup }: OpenShow): Wares {
  const product = lineup.at(-1);
  const variant = product?.variants.find(({ available }) => available > 0);
  if (product === undefined || variant === undefined) throw new Error('nothing is left to buy');
  return { showId, merchantId: product.merchantId, variantId: variant.id };
}

/** Pins a product and sells units of it: everybody tries as soon as the sale shows up on their own page. */
async function sellOut(
  { host, showId, lineup }: OpenShow,
  buyers: readonly Guest[],
  { units, seconds }: SmokeParams,
  signal: AbortSignal,
): Promise<Purchase[]> {
  await pause((seconds * 1_000) / 6, undefined, { signal });
  const product =
    lineup.find(({ variants }) => variants.some(({ available }) => available >= units)) ?? lineup[0];
  const variant = product?.variants.find(({ available }) => available >= units);
  if (product === undefined || variant === undefined)
    throw new Error(`no variant has ${units} units in stock`);
  await host.call('pin:set', { params: { showId }, body: { productId: product.id } });
  const { sale } = await host.call('sale:start', {
    params: { showId },
    body: {
      variantId: variant.id,
      units,
      priceMinor: PRICE_MINOR,
      perBuyerLimit: 1,
      seconds: Math.max(10, seconds),
    },
  });
  return Promise.all(
    buyers.map(async (buyer) => {
      await buyer.follower.waitFor(({ sales }) => sales[sale.id] !== undefined, NEWS_TIMEOUT_MS);
      return buyUnit(buyer, { showId, saleId: sale.id, variantId: variant.id });
    }),
  );
}

/** Ends the show and waits until everybody has heard of it: then they have heard everything before it, too. */
async function end(
  { host, showId }: OpenShow,
  publisher: PublisherBot,
  guests: readonly Guest[],
): Promise<void> {
  await publisher.leave();
  await host.call('show:end', { params: { showId }, body: {} });
  await Promise.all(
    guests.map(({ follower }) => follower.waitFor(({ status }) => status === 'ended', NEWS_TIMEOUT_MS)),
  );
}
