import { z } from 'zod';
import { productCardSchema } from '../catalog.ts';
import {
  banScopeSchema,
  chatFilterSchema,
  chatKindSchema,
  chatPolicySchema,
  heldCauseSchema,
  replyToSchema,
  reportOutcomeSchema,
  reportReasonSchema,
} from '../chat.ts';
import { couponCardSchema } from '../coupon.ts';
import {
  couponIdSchema,
  holdIdSchema,
  merchantIdSchema,
  messageIdSchema,
  orderIdSchema,
  productIdSchema,
  reportIdSchema,
  saleIdSchema,
  streamIdSchema,
  streamKeyIdSchema,
  userIdSchema,
  variantIdSchema,
} from '../ids.ts';
import { limits } from '../limits.ts';
import { currencySchema, priceMinorSchema } from '../money.ts';
import { roleSchema } from '../roles.ts';
import {
  holdEndReasonSchema,
  orderStatusSchema,
  saleEndReasonSchema,
  showEndReasonSchema,
  waitlistStatusSchema,
} from '../states.ts';

/** Who may be told of an entry: everybody, the show's staff, one person, or the staff and one person. */
export type AudienceKind = 'all' | 'staff' | 'user' | 'staff+user';

interface EntrySpec {
  readonly audience: AudienceKind;
  readonly data: z.ZodType;
}

const nameSchema = z.string().min(1).max(limits.displayNameLength);
const titleSchema = z.string().min(1).max(limits.showTitleLength);
const instantSchema = z.int().min(0);

export const guestPolicySchema = z.strictObject({ guestsMayChat: z.boolean(), guestsMayBuy: z.boolean() });
export type GuestPolicy = z.infer<typeof guestPolicySchema>;

export const streamStopReasonSchema = z.enum([
  'closed-by-host',
  'connection-lost',
  'media-server-restarted',
  'show-ended',
]);
export type StreamStopReason = z.infer<typeof streamStopReasonSchema>;

/** What sends the picture: a page, an encoder such as OBS over WHIP, or the house itself. */
export const streamSourceSchema = z.enum(['page', 'encoder', 'feed']);
export type StreamSource = z.infer<typeof streamSourceSchema>;

export const chatRoleSchema = roleSchema.exclude(['merchant', 'admin']);
export type ChatRole = z.infer<typeof chatRoleSchema>;

const messageSchema = z.strictObject({
  messageId: messageIdSchema,
  userId: userIdSchema,
  name: nameSchema,
  role: chatRoleSchema,
  text: z.string().min(1),
  /** Left out for an ordinary message. */
  kind: chatKindSchema.optional(),
  replyTo: replyToSchema.optional(),
});
export type MessageFacts = z.infer<typeof messageSchema>;

const reportFactsSchema = z.strictObject({
  reportId: reportIdSchema,
  /** Null: the person was reported, not one message. */
  messageId: messageIdSchema.nullable(),
  userId: userIdSchema,
  name: nameSchema,
  reason: reportReasonSchema,
  note: z.string().max(limits.reportNoteLength),
  /** How many people have reported it. */
  count: z.int().min(1),
});
export type ReportFacts = z.infer<typeof reportFactsSchema>;

const saleFactsSchema = z.strictObject({
  saleId: saleIdSchema,
  productId: productIdSchema,
  variantId: variantIdSchema,
  units: z.int().min(1),
  priceMinor: priceMinorSchema,
  perBuyerLimit: z.int().min(1),
  startsAt: instantSchema,
  endsAt: instantSchema,
});
export type SaleFacts = z.infer<typeof saleFactsSchema>;

/** Everything that can happen in a show: type → audience and schema of its data. Types are in the past tense. */
export const entryTable = {
  'show:created': {
    audience: 'all',
    data: z.strictObject({
      title: titleSchema,
      merchantId: merchantIdSchema,
      merchantName: nameSchema,
      hostId: userIdSchema,
      hostName: nameSchema,
      currency: currencySchema,
      policy: guestPolicySchema,
    }),
  },
  'show:renamed': { audience: 'all', data: z.strictObject({ title: titleSchema }) },
  'show:went-live': { audience: 'all', data: z.strictObject({}) },
  'show:ended': { audience: 'all', data: z.strictObject({ reason: showEndReasonSchema }) },
  'stream:started': {
    audience: 'all',
    data: z.strictObject({
      streamId: streamIdSchema,
      kinds: z.array(z.enum(['audio', 'video'])).max(2),
      /** Left out for a page. */
      source: streamSourceSchema.optional(),
      /** Server clock minus the clock by which the frames' capture times are stamped, milliseconds, where it is known. */
      clockOffsetMs: z.int().optional(),
    }),
  },
  /** The clock of a stream that runs is known better, or has drifted. */
  'stream:clock-corrected': {
    audience: 'all',
    data: z.strictObject({ streamId: streamIdSchema, clockOffsetMs: z.int() }),
  },
  'stream:stopped': {
    audience: 'all',
    data: z.strictObject({ streamId: streamIdSchema, reason: streamStopReasonSchema }),
  },
  /** Whoever publishes with this key is cut off. */
  'stream-key:revoked': { audience: 'staff', data: z.strictObject({ keyId: streamKeyIdSchema }) },
  'lineup:changed': {
    audience: 'all',
    data: z.strictObject({ products: z.array(productCardSchema).max(limits.lineupProducts) }),
  },
  'policy:changed': { audience: 'all', data: guestPolicySchema },
  'product:pinned': { audience: 'all', data: z.strictObject({ productId: productIdSchema }) },
  'product:unpinned': { audience: 'all', data: z.strictObject({ productId: productIdSchema }) },
  'sale:scheduled': { audience: 'staff', data: saleFactsSchema },
  /** The countdown runs: it starts at `startsAt`. */
  'sale:announced': { audience: 'all', data: saleFactsSchema },
  'sale:started': { audience: 'all', data: saleFactsSchema },
  'sale:extended': { audience: 'all', data: z.strictObject({ saleId: saleIdSchema, endsAt: instantSchema }) },
  'sale:sold-out': { audience: 'all', data: z.strictObject({ saleId: saleIdSchema }) },
  /** Units came back, or more were set aside: `units` is how many the sale has in all. */
  'sale:restocked': {
    audience: 'all',
    data: z.strictObject({ saleId: saleIdSchema, units: z.int().min(1).optional() }),
  },
  'sale:ended': {
    audience: 'all',
    data: z.strictObject({ saleId: saleIdSchema, reason: saleEndReasonSchema }),
  },
  'coupon:pinned': { audience: 'all', data: couponCardSchema },
  'coupon:unpinned': { audience: 'all', data: z.strictObject({ couponId: couponIdSchema }) },
  /** The rules of the chat that everybody may know. */
  'chat-policy:changed': { audience: 'all', data: chatPolicySchema },
  /** The rules that only the staff may know. */
  'chat-filter:changed': { audience: 'staff', data: chatFilterSchema },
  /** Of a shadow-banned person its audience is `staff+user:<id>`. */
  'chat:sent': { audience: 'all', data: messageSchema },
  /** The same text again: it is counted at the first message instead of shown anew. */
  'chat:repeated': {
    audience: 'all',
    data: z.strictObject({ messageId: messageIdSchema, userId: userIdSchema }),
  },
  /** The message waits for a moderator; `chat:sent` with the same id lets it through, `chat:deleted` does not. */
  'chat:held': {
    audience: 'staff+user',
    data: z.strictObject({ ...messageSchema.shape, cause: heldCauseSchema }),
  },
  'chat:deleted': { audience: 'all', data: z.strictObject({ messageId: messageIdSchema }) },
  /** Recent messages of one person are gone. */
  'chat:purged': {
    audience: 'all',
    data: z.strictObject({
      userId: userIdSchema,
      messageIds: z.array(messageIdSchema).min(1).max(limits.purgedMessages),
    }),
  },
  /** One message stands above the chat. */
  'chat:pinned': { audience: 'all', data: messageSchema },
  'chat:unpinned': { audience: 'all', data: z.strictObject({ messageId: messageIdSchema }) },
  /** The person may not be here: not in this show, or in none of the merchant. */
  'user:banned': {
    audience: 'staff+user',
    data: z.strictObject({
      userId: userIdSchema,
      name: nameSchema,
      scope: banScopeSchema,
      reason: z.string().max(limits.reasonLength),
    }),
  },
  'user:unbanned': {
    audience: 'staff+user',
    data: z.strictObject({ userId: userIdSchema, scope: banScopeSchema }),
  },
  /** Whom the merchant had banned when the show began. */
  'users:banned': {
    audience: 'staff',
    data: z.strictObject({ userIds: z.array(userIdSchema).min(1).max(limits.bannedUsers) }),
  },
  /** From now on only the staff and the person see what the person says; the person does not learn of it. */
  'user:shadow-banned': {
    audience: 'staff',
    data: z.strictObject({
      userId: userIdSchema,
      name: nameSchema,
      reason: z.string().max(limits.reasonLength),
    }),
  },
  'user:shadow-unbanned': { audience: 'staff', data: z.strictObject({ userId: userIdSchema }) },
  /** The person is sent out once, and may come back. */
  'user:disconnected': {
    audience: 'staff+user',
    data: z.strictObject({ userId: userIdSchema, reason: z.string().max(limits.reasonLength) }),
  },
  /** A viewer has reported somebody; a second report of the same message raises `count`. */
  'report:filed': { audience: 'staff', data: reportFactsSchema },
  'report:resolved': {
    audience: 'staff',
    data: z.strictObject({ reportId: reportIdSchema, outcome: reportOutcomeSchema }),
  },
  'user:muted': {
    audience: 'staff+user',
    data: z.strictObject({
      userId: userIdSchema,
      until: instantSchema,
      reason: z.string().max(limits.reasonLength),
    }),
  },
  'user:unmuted': { audience: 'staff+user', data: z.strictObject({ userId: userIdSchema }) },
  'role:granted': {
    audience: 'staff+user',
    data: z.strictObject({ userId: userIdSchema, name: nameSchema, role: z.literal('moderator') }),
  },
  'role:revoked': {
    audience: 'staff+user',
    data: z.strictObject({ userId: userIdSchema, role: z.literal('moderator') }),
  },
  'hold:ended': {
    audience: 'user',
    data: z.strictObject({ holdId: holdIdSchema, reason: holdEndReasonSchema }),
  },
  'order:changed': {
    audience: 'user',
    data: z.strictObject({ orderId: orderIdSchema, status: orderStatusSchema }),
  },
  /** A unit is held for a buyer who waited; it is theirs until `expiresAt`. */
  'waitlist:offered': {
    audience: 'user',
    data: z.strictObject({ saleId: saleIdSchema, holdId: holdIdSchema, expiresAt: instantSchema }),
  },
  'waitlist:ended': {
    audience: 'user',
    data: z.strictObject({ saleId: saleIdSchema, status: waitlistStatusSchema }),
  },
  /** The payment service has answered: the buyer can pay now. */
  'payment:ready': { audience: 'user', data: z.strictObject({ orderId: orderIdSchema }) },
  'payment:declined': { audience: 'user', data: z.strictObject({ orderId: orderIdSchema }) },
} as const satisfies Record<string, EntrySpec>;

export type EntryType = keyof typeof entryTable;
export type EntryData<Type extends EntryType> = z.infer<(typeof entryTable)[Type]['data']>;

export const entryTypes = Object.keys(entryTable) as EntryType[];

const audiencePattern = /^(?:all|staff|(?:staff\+)?user:(?:usr|gst)_[0-9a-z]{20})$/;
export const audienceSchema = z.string().regex(audiencePattern);
/** `all`, `staff`, `user:<id>` or `staff+user:<id>`. */
export type Audience = 'all' | 'staff' | `user:${string}` | `staff+user:${string}`;

/** One entry of one type. */
export interface EntryOf<Type extends EntryType> {
  /** Redis Stream id, `<milliseconds>-<sequence>`; strictly rising within a show and an epoch. */
  readonly id: string;
  /** Server wall-clock milliseconds of the instant that the sender meant. */
  readonly at: number;
  readonly type: Type;
  readonly audience: Audience;
  readonly data: EntryData<Type>;
}

/** One thing that happened in a show. A union over all types, so that `type` narrows `data`. */
export type Entry = { [Type in EntryType]: EntryOf<Type> }[EntryType];
/** An entry before the timeline has given it its id. */
export type NewEntry = { [Type in EntryType]: Omit<EntryOf<Type>, 'id'> }[EntryType];

export const entryIdSchema = z.string().regex(/^\d{1,15}-\d{1,10}$/);

const envelopeSchema = z.strictObject({
  id: entryIdSchema,
  at: instantSchema,
  type: z.enum(entryTypes as [EntryType, ...EntryType[]]),
  audience: audienceSchema,
  data: z.unknown(),
});

/** Parses one entry. Throws ZodError when the envelope or the data do not fit. */
export function parseEntry(value: unknown): Entry {
  const envelope = envelopeSchema.parse(value);
  return { ...envelope, data: entryTable[envelope.type].data.parse(envelope.data) } as Entry;
}

/** Parses an entry that has no id yet. Throws ZodError when it does not fit. */
export function parseNewEntry(value: unknown): NewEntry {
  const envelope = envelopeSchema.omit({ id: true }).parse(value);
  return { ...envelope, data: entryTable[envelope.type].data.parse(envelope.data) } as NewEntry;
}

/**
 * Makes a new entry, with the audience that its type asks for.
 * `userId` is needed for types told to one person; throws RangeError when it is missing then.
 */
export function createEntry<Type extends EntryType>(
  type: Type,
  at: number,
  data: EntryData<Type>,
  userId?: string,
): NewEntry {
  return { type, at, data, audience: audienceOf(type, userId) } as NewEntry;
}

function audienceOf(type: EntryType, userId: string | undefined): Audience {
  const spec: EntrySpec = entryTable[type];
  if (spec.audience === 'all' || spec.audience === 'staff') return spec.audience;
  if (userId === undefined) throw new RangeError(`${type} is for one person: name the user`);
  return spec.audience === 'user' ? `user:${userId}` : `staff+user:${userId}`;
}

/** Compares two entry ids: negative when `a` came first, 0 when they are the same. */
export function compareEntryIds(a: string, b: string): number {
  const [aMs = '0', aSeq = '0'] = a.split('-');
  const [bMs = '0', bSeq = '0'] = b.split('-');
  return Number(aMs) - Number(bMs) || Number(aSeq) - Number(bSeq);
}

/** The id before every entry. */
export const BEGINNING = '0-0';

/** Who is looking, as far as audiences are concerned. */
export interface Onlooker {
  readonly userId: string;
  readonly isStaff: boolean;
}

/** True when this onlooker may be told of an entry with that audience. */
export function mayHear(audience: Audience, onlooker: Onlooker): boolean {
  if (audience === 'all') return true;
  if (audience.startsWith('staff') && onlooker.isStaff) return true;
  return audience.endsWith(`user:${onlooker.userId}`);
}

/**
 * The entry as an onlooker who may hear it is told of it. What everybody hears but of a shadow-banned person looks to
 * that person as if everybody heard it; the staff sees how it is.
 */
export function tellTo<Told extends { readonly type: string; readonly audience: string }>(
  entry: Told,
  { isStaff }: Onlooker,
): Told {
  if (isStaff || entry.audience === 'all') return entry;
  const spec: EntrySpec | undefined = Object.hasOwn(entryTable, entry.type)
    ? entryTable[entry.type as EntryType]
    : undefined;
  return spec?.audience === 'all' ? { ...entry, audience: 'all' } : entry;
}
