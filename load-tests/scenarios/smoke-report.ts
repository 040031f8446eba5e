import type { ShowSummary } from '@souk/protocol/http/shows';
import type { PublisherBot } from '../clients/publisher-bot.ts';
import type { ReceivedMedia, WatcherBot } from '../clients/watcher-bot.ts';
import type { Violation } from '../invariants/check-invariants.ts';
import { atMost, type Check, exactly } from '../report/check.ts';
import { percentiles } from '../report/percentiles.ts';
import type { Results } from '../report/report.ts';
import type { Purchase } from './acts/buy-unit.ts';
import type { SentMessage } from './acts/chat.ts';
import { type ChatDelivery, measureChatDelivery } from './acts/chat-delivery.ts';
import type { Guest } from './acts/gather-crowd.ts';
import type { Outcome } from './scenario.ts';
import type { SmokeParams } from './smoke.ts';

export interface SmokeFindings {
  readonly params: SmokeParams;
  readonly guests: readonly Guest[];
  readonly watchers: readonly WatcherBot[];
  /** What each watcher had received when the show ended. */
  readonly received: readonly { readonly audio: ReceivedMedia; readonly video: ReceivedMedia }[];
  readonly publisher: PublisherBot;
  readonly messages: readonly SentMessage[];
  readonly purchases: readonly Purchase[];
  /** What went wrong for guests who changed their minds. */
  readonly regrets: readonly string[];
  /** Units sold by the show's summary when the sale was over. */
  readonly unitsAfterSale: number;
  readonly summary: ShowSummary;
  readonly usage: Results;
  readonly violations: readonly Violation[];
}

/** Turns what was seen into figures and checks. */
export function reportSmoke(findings: SmokeFindings): Outcome {
  const delivery = measureChatDelivery(
    findings.messages,
    findings.guests.map(({ follower }) => follower.heardEntries()),
  );
  return { results: resultsOf(findings, delivery), checks: checksOf(findings, delivery) };
}

function resultsOf(findings: SmokeFindings, delivery: ChatDelivery): Results {
  const { guests, watchers, received, messages, purchases, summary, usage, regrets, violations } = findings;
  const bought = purchases.filter((purchase) => purchase.outcome === 'dispatched');
  const firstPackets = watchers.flatMap((watcher) => watcher.firstPacketMs() ?? []);
  return {
    joinMs: { ...percentiles(guests.map(({ joinMs }) => joinMs)) },
    chat: {
      messages: messages.length,
      deliveries: delivery.expected - delivery.missing,
      ackMs: { ...percentiles(messages.map(({ ackMs }) => ackMs)) },
      latencyMs: { ...percentiles(delivery.latenciesMs) },
    },
    media: {
      firstPacketMs: { ...percentiles(firstPackets) },
      videoPackets: { ...percentiles(received.map(({ video }) => video.packets)) },
      audioPackets: { ...percentiles(received.map(({ audio }) => audio.packets)) },
    },
    sale: {
      sold: bought.length,
      soldOut: purchases.length - bought.length,
      holdMs: { ...percentiles(purchases.map(({ holdMs }) => holdMs)) },
      orderMs: { ...percentiles(bought.map(({ orderMs }) => orderMs)) },
      paidMs: { ...percentiles(bought.map(({ paidMs }) => paidMs)) },
      dispatchedMs: { ...percentiles(bought.map(({ dispatchedMs }) => dispatchedMs)) },
    },
    summary: {
      viewers: summary.viewers,
      peakViewers: summary.peakViewers,
      messages: summary.messages,
      orders: summary.orders,
      unitsSold: summary.unitsSold,
      revenueMinor: summary.revenue.amountMinor,
    },
    regrets: regrets.map((regret) => ({ regret })),
    processes: usage,
    violations: violations.map(({ invariant, subject, detail }) => ({ invariant, subject, detail })),
  };
}

function checksOf(findings: SmokeFindings, delivery: ChatDelivery): Check[] {
  const { params, received, purchases, summary, unitsAfterSale, regrets, violations, messages } = findings;
  const sold = purchases.filter(({ outcome }) => outcome === 'dispatched').length;
  const without = (kind: 'audio' | 'video'): number =>
    received.filter((media) => media[kind].packets === 0).length;
  return [
    exactly('chat deliveries missing', delivery.missing, 0),
    exactly('chat deliveries too many', delivery.surplus, 0),
    exactly('chat deliveries out of order', delivery.outOfOrder, 0),
    exactly('watchers without video', without('video'), 0),
    exactly('watchers without audio', without('audio'), 0),
    exactly('orders paid and dispatched', sold, Math.min(params.units, params.buyers)),
    atMost('units sold by the summary', unitsAfterSale, params.units),
    exactly('units sold, summary against buyers', unitsAfterSale, sold),
    exactly('changes of mind that went wrong', regrets.length, 0),
    exactly('messages, summary against hub', summary.messages, messages.length),
    exactly('violated invariants', violations.length, 0),
  ];
}
