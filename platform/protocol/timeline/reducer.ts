import { type BanScope, openChatFilter } from '../chat.ts';
import type { MessageId, UserId } from '../ids.ts';
import { limits } from '../limits.ts';
import {
  compareEntryIds,
  type Entry,
  type EntryData,
  type EntryOf,
  mayHear,
  type Onlooker,
  type SaleFacts,
} from './entries.ts';
import {
  type ChatMessage,
  emptyShowState,
  type HeldMessage,
  type OpenReport,
  type SaleState,
  type ShowFacts,
  type ShowState,
  type StreamState,
} from './state.ts';

/**
 * The one reducer: folds an entry into the state of a show. Pure; an entry that was folded before changes nothing.
 * Hub snapshots, pages, replay and tests all use it.
 */
export function reduceShow(state: ShowState, entry: Entry): ShowState {
  if (compareEntryIds(entry.id, state.lastId) <= 0) return state;
  return { ...applyEntry(state, entry), lastId: entry.id };
}

/** Folds entries, oldest first, onto a state (by default onto the empty one). */
export function foldShow(entries: Iterable<Entry>, start: ShowState = emptyShowState): ShowState {
  let state = start;
  for (const entry of entries) state = reduceShow(state, entry);
  return state;
}

function applyEntry(state: ShowState, entry: Entry): ShowState {
  switch (entry.type) {
    case 'show:created':
      return { ...state, facts: entry.data };
    case 'show:renamed':
      return changeFacts(state, { title: entry.data.title });
    case 'show:went-live':
      return { ...state, status: 'live', liveSince: entry.at };
    case 'show:ended':
      return {
        ...state,
        status: 'ended',
        endReason: entry.data.reason,
        pinnedProductId: null,
        pinnedCoupon: null,
      };
    case 'stream:started':
      return { ...state, stream: startStream(entry.data, entry.at) };
    case 'stream:clock-corrected':
      return correctClock(state, entry.data);
    case 'stream:stopped':
      return stopStream(state, entry.data.streamId, entry.at);
    case 'lineup:changed':
      return { ...state, lineup: entry.data.products };
    case 'policy:changed':
      return changeFacts(state, { policy: entry.data });
    case 'product:pinned':
      return { ...state, pinnedProductId: entry.data.productId };
    case 'product:unpinned':
      return state.pinnedProductId === entry.data.productId ? { ...state, pinnedProductId: null } : state;
    case 'sale:scheduled':
      return addSale(state, entry.data, 'scheduled');
    case 'sale:announced':
      return addSale(state, entry.data, 'announced');
    case 'sale:started':
      return addSale(state, entry.data, 'running');
    case 'sale:extended':
      return changeSale(state, entry.data.saleId, { endsAt: entry.data.endsAt });
    case 'sale:sold-out':
      return changeSale(state, entry.data.saleId, { soldOut: true });
    case 'sale:restocked':
      return restockSale(state, entry.data);
    case 'sale:ended':
      return changeSale(state, entry.data.saleId, { endReason: entry.data.reason });
    case 'coupon:pinned':
      return { ...state, pinnedCoupon: entry.data };
    case 'coupon:unpinned':
      return state.pinnedCoupon?.couponId === entry.data.couponId ? { ...state, pinnedCoupon: null } : state;
    case 'chat:sent':
      return addMessage(state, entry);
    case 'chat:repeated':
      return repeatMessage(state, entry.data.messageId);
    case 'chat:held':
      return holdMessage(state, { ...entry.data, entryId: entry.id, at: entry.at });
    case 'chat:deleted':
      return removeMessages(state, [entry.data.messageId]);
    case 'chat:purged':
      return removeMessages(state, entry.data.messageIds);
    case 'chat:pinned':
      return { ...state, pinnedMessage: entry.data };
    case 'chat:unpinned':
      return state.pinnedMessage?.messageId === entry.data.messageId
        ? { ...state, pinnedMessage: null }
        : state;
    case 'chat-policy:changed':
      return { ...state, chatPolicy: entry.data };
    case 'chat-filter:changed':
      return { ...state, chatFilter: entry.data };
    case 'user:banned':
      return { ...state, bans: { ...state.bans, [entry.data.userId]: entry.data.scope } };
    case 'user:unbanned':
      return { ...state, bans: without(state.bans, entry.data.userId) };
    case 'users:banned':
      return { ...state, bans: { ...state.bans, ...bansOf(entry.data.userIds) } };
    case 'user:shadow-banned':
      return { ...state, shadowBans: { ...state.shadowBans, [entry.data.userId]: true } };
    case 'user:shadow-unbanned':
      return { ...state, shadowBans: without(state.shadowBans, entry.data.userId) };
    case 'report:filed':
      return fileReport(state, { ...entry.data, at: entry.at });
    case 'report:resolved':
      return { ...state, reports: without(state.reports, entry.data.reportId) };
    case 'user:muted':
      return { ...state, mutes: { ...state.mutes, [entry.data.userId]: entry.data.until } };
    case 'user:unmuted':
      return { ...state, mutes: without(state.mutes, entry.data.userId) };
    case 'role:granted':
      return { ...state, moderators: { ...state.moderators, [entry.data.userId]: entry.data.name } };
    case 'role:revoked':
      return { ...state, moderators: without(state.moderators, entry.data.userId) };
    case 'stream-key:revoked':
      return state;
    case 'order:changed':
      return { ...state, orders: { ...state.orders, [entry.data.orderId]: entry.data.status } };
    case 'user:disconnected':
    case 'hold:ended':
    case 'waitlist:offered':
    case 'waitlist:ended':
    case 'payment:ready':
    case 'payment:declined':
      return state;
    default:
      // An entry of a newer server: pages that were loaded before an update go on without it.
      return ignoreUnknown(state, entry);
  }
}

function ignoreUnknown(state: ShowState, _entry: never): ShowState {
  return state;
}

function changeFacts(state: ShowState, change: Partial<ShowFacts>): ShowState {
  return state.facts === null ? state : { ...state, facts: { ...state.facts, ...change } };
}

function startStream(data: EntryData<'stream:started'>, since: number): StreamState {
  const { streamId, source = 'page', clockOffsetMs } = data;
  return { kind: 'on', streamId, since, source, ...(clockOffsetMs === undefined ? {} : { clockOffsetMs }) };
}

function correctClock(
  state: ShowState,
  { streamId, clockOffsetMs }: EntryData<'stream:clock-corrected'>,
): ShowState {
  const { stream } = state;
  if (stream.kind !== 'on' || stream.streamId !== streamId) return state;
  return { ...state, stream: { ...stream, clockOffsetMs } };
}

function stopStream(state: ShowState, streamId: string, at: number): ShowState {
  const { stream } = state;
  if (stream.kind !== 'on' || stream.streamId !== streamId) return state;
  return { ...state, stream: { kind: 'gap', streamId: stream.streamId, since: at } };
}

function addSale(state: ShowState, data: SaleFacts, phase: SaleState['phase']): ShowState {
  // Several may be scheduled of one variant; of those that viewers know, the newest counts.
  const others = Object.entries(state.sales).filter(
    ([saleId, sale]) => saleId !== data.saleId && (phase === 'scheduled' || isOther(sale, data.variantId)),
  );
  const soldOut = state.sales[data.saleId]?.soldOut ?? false;
  const sale: SaleState = { ...data, phase, soldOut };
  return { ...state, sales: { ...Object.fromEntries(others), [data.saleId]: sale } };
}

function isOther(sale: SaleState, variantId: string): boolean {
  return sale.variantId !== variantId || (sale.phase === 'scheduled' && sale.endReason === undefined);
}

function restockSale(state: ShowState, { saleId, units }: EntryData<'sale:restocked'>): ShowState {
  return changeSale(state, saleId, units === undefined ? { soldOut: false } : { soldOut: false, units });
}

function changeSale(state: ShowState, saleId: string, change: Partial<SaleState>): ShowState {
  const sale = state.sales[saleId];
  if (sale === undefined) return state;
  return { ...state, sales: { ...state.sales, [saleId]: { ...sale, ...change } } };
}

function addMessage(state: ShowState, { id, at, audience, data }: EntryOf<'chat:sent'>): ShowState {
  const seenBy = audience === 'all' ? {} : { audience };
  const message: ChatMessage = { ...data, entryId: id, at, repeats: 0, ...seenBy };
  const held = withoutHeld(state.held, [data.messageId]);
  return { ...state, held, chat: [...state.chat, message].slice(-limits.chatHistory) };
}

function repeatMessage(state: ShowState, messageId: MessageId): ShowState {
  if (!state.chat.some((message) => message.messageId === messageId)) return state;
  const chat = state.chat.map((message) =>
    message.messageId === messageId ? { ...message, repeats: message.repeats + 1 } : message,
  );
  return { ...state, chat };
}

function holdMessage(state: ShowState, message: HeldMessage): ShowState {
  const others = withoutHeld(state.held, [message.messageId]);
  return { ...state, held: [...others, message].slice(-limits.heldMessages) };
}

function removeMessages(state: ShowState, messageIds: readonly MessageId[]): ShowState {
  const { pinnedMessage } = state;
  const isPinnedGone = pinnedMessage !== null && messageIds.includes(pinnedMessage.messageId);
  return {
    ...state,
    chat: state.chat.filter(({ messageId }) => !messageIds.includes(messageId)),
    held: withoutHeld(state.held, messageIds),
    pinnedMessage: isPinnedGone ? null : pinnedMessage,
  };
}

/** The very same list where nothing changes: most messages never wait. */
function withoutHeld(held: ShowState['held'], messageIds: readonly MessageId[]): ShowState['held'] {
  return held.some(({ messageId }) => messageIds.includes(messageId))
    ? held.filter(({ messageId }) => !messageIds.includes(messageId))
    : held;
}

function bansOf(userIds: readonly UserId[]): Record<string, BanScope> {
  return Object.fromEntries(userIds.map((userId) => [userId, 'merchant']));
}

function fileReport(state: ShowState, report: OpenReport): ShowState {
  const reports = Object.entries({ ...state.reports, [report.reportId]: report });
  return { ...state, reports: Object.fromEntries(reports.slice(-limits.openReports)) };
}

function without<Value>(record: Readonly<Record<string, Value>>, key: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}

/** What this onlooker may see of a show: others' mutes, the list of moderators, foreign orders and what is only scheduled are left out. */
export function projectShow(state: ShowState, onlooker: Onlooker): ShowState {
  if (onlooker.isStaff) return { ...state, orders: {} };
  return {
    ...state,
    chat: state.chat
      .filter(({ audience = 'all' }) => mayHear(audience, onlooker))
      // Whoever is shadow-banned does not learn of it.
      .map(({ audience: _, ...message }) => message),
    chatFilter: openChatFilter,
    held: state.held.filter(({ userId }) => userId === onlooker.userId),
    reports: {},
    bans: pick(state.bans, onlooker.userId),
    shadowBans: {},
    mutes: pick(state.mutes, onlooker.userId),
    moderators: pick(state.moderators, onlooker.userId),
    sales: Object.fromEntries(Object.entries(state.sales).filter(([, sale]) => sale.phase !== 'scheduled')),
    orders: {},
  };
}

function pick<Value>(record: Readonly<Record<string, Value>>, key: string): Record<string, Value> {
  const value = record[key];
  return value === undefined ? {} : { [key]: value };
}

/** The sales that can be bought from at `now`, soonest to end first. */
export function runningSales(state: Pick<ShowState, 'sales'>, now: number): SaleState[] {
  return openSales(state, now)
    .filter((sale) => sale.startsAt <= now)
    .sort((a, b) => a.endsAt - b.endsAt);
}

/** The sales whose countdown runs at `now`, soonest to start first. */
export function comingSales(state: Pick<ShowState, 'sales'>, now: number): SaleState[] {
  return openSales(state, now)
    .filter((sale) => sale.startsAt > now)
    .sort((a, b) => a.startsAt - b.startsAt);
}

function openSales(state: Pick<ShowState, 'sales'>, now: number): SaleState[] {
  return Object.values(state.sales).filter(
    (sale) => sale.phase !== 'scheduled' && sale.endReason === undefined && sale.endsAt > now,
  );
}
