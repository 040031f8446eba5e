import type { ProductCard } from '../catalog.ts';
import type { BanScope, ChatFilter, ChatPolicy } from '../chat.ts';
import { openChatFilter, openChatPolicy } from '../chat.ts';
import type { CouponCard } from '../coupon.ts';
import type { MerchantId, OrderId, ProductId, StreamId, UserId } from '../ids.ts';
import type { Currency } from '../money.ts';
import type { OrderStatus, SaleEndReason, ShowEndReason, ShowStatus } from '../states.ts';
import type { Audience, EntryData, GuestPolicy, ReportFacts, SaleFacts, StreamSource } from './entries.ts';

export interface ShowFacts {
  readonly title: string;
  readonly merchantId: MerchantId;
  readonly merchantName: string;
  readonly hostId: UserId;
  readonly hostName: string;
  readonly currency: Currency;
  readonly policy: GuestPolicy;
}

/** What comes from the host: nothing yet, a picture, or a gap ("back soon"). */
export type StreamState =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'on';
      readonly streamId: StreamId;
      readonly since: number;
      readonly source: StreamSource;
      /** Server clock minus that of the frames' capture times, milliseconds, where it is known. */
      readonly clockOffsetMs?: number;
    }
  | { readonly kind: 'gap'; readonly streamId: StreamId; readonly since: number };

/** How far a sale is, as far as entries told; `startsAt` and `endsAt` decide what a buyer may do. */
export interface SaleState extends SaleFacts {
  readonly phase: 'scheduled' | 'announced' | 'running';
  readonly soldOut: boolean;
  /** Undefined until it has ended. */
  readonly endReason?: SaleEndReason;
}

export interface ChatMessage extends EntryData<'chat:sent'> {
  readonly entryId: string;
  readonly at: number;
  /** How often the same text came again. */
  readonly repeats: number;
  /** There where not everybody sees it. */
  readonly audience?: Audience;
}

/** A message that waits for a moderator. */
export interface HeldMessage extends EntryData<'chat:held'> {
  readonly entryId: string;
  readonly at: number;
}

/** A report that nobody has resolved yet. */
export interface OpenReport extends ReportFacts {
  readonly at: number;
}

/** A show as the fold of its timeline. Everything in it is JSON, so that a snapshot is this object. */
export interface ShowState {
  /** Id of the last entry folded in. */
  readonly lastId: string;
  readonly facts: ShowFacts | null;
  readonly status: ShowStatus;
  readonly liveSince: number | null;
  readonly endReason: ShowEndReason | null;
  readonly stream: StreamState;
  readonly lineup: readonly ProductCard[];
  readonly pinnedProductId: ProductId | null;
  readonly pinnedCoupon: CouponCard | null;
  /** Coming and running sales, and the last ended one of each variant; scheduled ones are for the staff only. */
  readonly sales: Readonly<Record<string, SaleState>>;
  /** The newest messages, oldest first; deleted ones are gone. */
  readonly chat: readonly ChatMessage[];
  readonly chatPolicy: ChatPolicy;
  /** For the staff only; others see the open one. */
  readonly chatFilter: ChatFilter;
  readonly pinnedMessage: EntryData<'chat:pinned'> | null;
  /** Oldest first; a viewer has only the own ones. */
  readonly held: readonly HeldMessage[];
  /** Report id → report, oldest first; for the staff only. */
  readonly reports: Readonly<Record<string, OpenReport>>;
  /** User id → how far the ban reaches; a viewer has only the own one. */
  readonly bans: Readonly<Record<string, BanScope>>;
  /** User id → true; for the staff only. */
  readonly shadowBans: Readonly<Record<string, true>>;
  /** User id → instant until which that user is muted. */
  readonly mutes: Readonly<Record<string, number>>;
  /** User id → display name of each moderator of this show. */
  readonly moderators: Readonly<Record<string, string>>;
  /** Order id → state; in a page's own fold only its own orders, on the hub none. */
  readonly orders: Readonly<Record<OrderId, OrderStatus>>;
}

/** The state of a show before its first entry. */
export const emptyShowState: ShowState = {
  lastId: '0-0',
  facts: null,
  status: 'draft',
  liveSince: null,
  endReason: null,
  stream: { kind: 'none' },
  lineup: [],
  pinnedProductId: null,
  pinnedCoupon: null,
  sales: {},
  chat: [],
  chatPolicy: openChatPolicy,
  chatFilter: openChatFilter,
  pinnedMessage: null,
  held: [],
  reports: {},
  bans: {},
  shadowBans: {},
  mutes: {},
  moderators: {},
  orders: {},
};
