import { z } from 'zod';

/** Prefix of each kind of id; the prefix stands in the id, so that a log line tells what it names. */
export const idPrefixes = {
  user: 'usr',
  guest: 'gst',
  merchant: 'mer',
  product: 'prd',
  variant: 'var',
  show: 'shw',
  stream: 'stm',
  message: 'msg',
  sale: 'sal',
  hold: 'hld',
  order: 'ord',
  orderLine: 'lin',
  payment: 'pay',
  refund: 'ref',
  shipment: 'shp',
  mute: 'mut',
  movement: 'mov',
  outboxEvent: 'evt',
  command: 'cmd',
  mediaSession: 'mss',
  coupon: 'cpn',
  quote: 'qte',
  picture: 'pic',
  waitlistEntry: 'wte',
  catalogImport: 'imp',
  finding: 'fnd',
  streamKey: 'key',
  report: 'rep',
} as const;

export type IdKind = keyof typeof idPrefixes;

const BODY_LENGTH = 20;
/** Random bytes for so many ids are drawn at once: to draw a few costs as much as to draw many. */
const DRAWN_AT_ONCE = 64;
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const idPattern = (...kinds: IdKind[]): RegExp =>
  new RegExp(`^(?:${kinds.map((kind) => idPrefixes[kind]).join('|')})_[0-9a-hjkmnp-tv-z]{${BODY_LENGTH}}$`);

export const userIdSchema = z.string().regex(idPattern('user', 'guest')).brand<'UserId'>();
export const merchantIdSchema = z.string().regex(idPattern('merchant')).brand<'MerchantId'>();
export const productIdSchema = z.string().regex(idPattern('product')).brand<'ProductId'>();
export const variantIdSchema = z.string().regex(idPattern('variant')).brand<'VariantId'>();
export const showIdSchema = z.string().regex(idPattern('show')).brand<'ShowId'>();
export const streamIdSchema = z.string().regex(idPattern('stream')).brand<'StreamId'>();
export const messageIdSchema = z.string().regex(idPattern('message')).brand<'MessageId'>();
export const saleIdSchema = z.string().regex(idPattern('sale')).brand<'SaleId'>();
export const holdIdSchema = z.string().regex(idPattern('hold')).brand<'HoldId'>();
export const orderIdSchema = z.string().regex(idPattern('order')).brand<'OrderId'>();
export const paymentIdSchema = z.string().regex(idPattern('payment')).brand<'PaymentId'>();
export const refundIdSchema = z.string().regex(idPattern('refund')).brand<'RefundId'>();
export const shipmentIdSchema = z.string().regex(idPattern('shipment')).brand<'ShipmentId'>();
export const commandIdSchema = z.string().regex(idPattern('command')).brand<'CommandId'>();
export const mediaSessionIdSchema = z.string().regex(idPattern('mediaSession')).brand<'MediaSessionId'>();
export const reportIdSchema = z.string().regex(idPattern('report')).brand<'ReportId'>();
export const couponIdSchema = z.string().regex(idPattern('coupon')).brand<'CouponId'>();
export const quoteIdSchema = z.string().regex(idPattern('quote')).brand<'QuoteId'>();
export const pictureIdSchema = z.string().regex(idPattern('picture')).brand<'PictureId'>();
export const waitlistEntryIdSchema = z.string().regex(idPattern('waitlistEntry')).brand<'WaitlistEntryId'>();
export const catalogImportIdSchema = z.string().regex(idPattern('catalogImport')).brand<'CatalogImportId'>();
export const findingIdSchema = z.string().regex(idPattern('finding')).brand<'FindingId'>();
export const streamKeyIdSchema = z.string().regex(idPattern('streamKey')).brand<'StreamKeyId'>();

/** A logged-in user (`usr_`) or a guest (`gst_`). */
export type UserId = z.infer<typeof userIdSchema>;
export type MerchantId = z.infer<typeof merchantIdSchema>;
export type ProductId = z.infer<typeof productIdSchema>;
export type VariantId = z.infer<typeof variantIdSchema>;
export type ShowId = z.infer<typeof showIdSchema>;
export type StreamId = z.infer<typeof streamIdSchema>;
export type MessageId = z.infer<typeof messageIdSchema>;
export type SaleId = z.infer<typeof saleIdSchema>;
export type HoldId = z.infer<typeof holdIdSchema>;
export type OrderId = z.infer<typeof orderIdSchema>;
export type PaymentId = z.infer<typeof paymentIdSchema>;
export type RefundId = z.infer<typeof refundIdSchema>;
export type ShipmentId = z.infer<typeof shipmentIdSchema>;
export type CommandId = z.infer<typeof commandIdSchema>;
export type MediaSessionId = z.infer<typeof mediaSessionIdSchema>;
export type CouponId = z.infer<typeof couponIdSchema>;
export type QuoteId = z.infer<typeof quoteIdSchema>;
export type PictureId = z.infer<typeof pictureIdSchema>;
export type WaitlistEntryId = z.infer<typeof waitlistEntryIdSchema>;
export type CatalogImportId = z.infer<typeof catalogImportIdSchema>;
export type FindingId = z.infer<typeof findingIdSchema>;
export type ReportId = z.infer<typeof reportIdSchema>;
export type StreamKeyId = z.infer<typeof streamKeyIdSchema>;

interface IdTypes {
  user: UserId;
  guest: UserId;
  merchant: MerchantId;
  product: ProductId;
  variant: VariantId;
  show: ShowId;
  stream: StreamId;
  message: MessageId;
  sale: SaleId;
  hold: HoldId;
  order: OrderId;
  orderLine: string;
  payment: PaymentId;
  refund: RefundId;
  shipment: ShipmentId;
  mute: string;
  movement: string;
  outboxEvent: string;
  command: CommandId;
  mediaSession: MediaSessionId;
  coupon: CouponId;
  quote: QuoteId;
  picture: PictureId;
  waitlistEntry: WaitlistEntryId;
  catalogImport: CatalogImportId;
  finding: FindingId;
  streamKey: StreamKeyId;
  report: ReportId;
}

const drawn = new Uint8Array(BODY_LENGTH * DRAWN_AT_ONCE);
let nextByte = drawn.length;

/**
 * Makes a new random id: prefix and 100 random bits in Crockford's base 32, lower case.
 * Source: https://www.crockford.com/base32.html
 */
export function createId<Kind extends IdKind>(kind: Kind): IdTypes[Kind] {
  if (nextByte === drawn.length) {
    crypto.getRandomValues(drawn);
    nextByte = 0;
  }
  let body = '';
  for (const byte of drawn.subarray(nextByte, nextByte + BODY_LENGTH)) body += ALPHABET.charAt(byte & 31);
  nextByte += BODY_LENGTH;
  return `${idPrefixes[kind]}_${body}` as IdTypes[Kind];
}

/** True for the id of a guest, who has a token but no account. */
export function isGuestId(userId: UserId): boolean {
  return userId.startsWith(`${idPrefixes.guest}_`);
}
