import type { CouponBenefit } from '@souk/protocol/coupon';
import { type Coupon, type CouponDraft, couponDraftSchema } from '@souk/protocol/http/coupons';
import { type Currency, minorUnitDigits } from '@souk/protocol/money';
import { errorCodeOf } from '../../../api/api-error.ts';
import { localTimeText, readLocalTime } from '../../staff/local-time.ts';
import { amountText, parseAmountMinor } from '../../studio/parse-amount.ts';
import { type Faults, faultsOf, issuesOf } from '../field-faults.ts';

/** A coupon as it is typed; empty bounds are no bounds. */
export interface CouponForm {
  readonly code: string;
  readonly title: string;
  readonly kind: CouponBenefit['kind'];
  readonly percent: string;
  readonly amount: string;
  readonly budget: string;
  readonly maxRedemptions: string;
  readonly perBuyerLimit: string;
  readonly minItems: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly isEnabled: boolean;
}

/** What can be wrong with a field; each has its words in the texts. */
export type CouponFault = 'code' | 'codeTaken' | 'title' | 'percent' | 'amount' | 'count' | 'time' | 'window';

export const emptyCouponForm: CouponForm = {
  code: '',
  title: '',
  kind: 'percent',
  percent: '10',
  amount: '',
  budget: '',
  maxRedemptions: '',
  perBuyerLimit: '1',
  minItems: '',
  startsAt: '',
  endsAt: '',
  isEnabled: true,
};

export function couponFormOf(coupon: Coupon): CouponForm {
  const digits = minorUnitDigits(coupon.currency);
  const money = (minor: number | null): string => (minor === null ? '' : amountText(minor, digits));
  const { benefit } = coupon;
  return {
    code: coupon.code,
    title: coupon.title,
    kind: benefit.kind,
    percent: benefit.kind === 'percent' ? String(benefit.percent) : '',
    amount: benefit.kind === 'amount' ? money(benefit.amountMinor) : '',
    budget: money(coupon.budgetMinor),
    maxRedemptions: coupon.maxRedemptions === null ? '' : String(coupon.maxRedemptions),
    perBuyerLimit: String(coupon.perBuyerLimit),
    minItems: coupon.minItemsMinor === 0 ? '' : money(coupon.minItemsMinor),
    startsAt: localTimeText(coupon.startsAt),
    endsAt: localTimeText(coupon.endsAt),
    isEnabled: coupon.isEnabled,
  };
}

export type ReadCoupon =
  | { readonly kind: 'draft'; readonly draft: CouponDraft }
  | { readonly kind: 'faults'; readonly faults: Faults<CouponFault> };

/** What the form says, in the shape that the server takes; or what is wrong with it, field by field. */
export function readCouponForm(form: CouponForm, currency: Currency): ReadCoupon {
  const digits = minorUnitDigits(currency);
  const parsed = couponDraftSchema.safeParse({
    code: form.code,
    title: form.title,
    benefit: benefitOf(form, digits),
    budgetMinor: isEmpty(form.budget) ? null : amountOf(form.budget, digits),
    maxRedemptions: isEmpty(form.maxRedemptions) ? null : whole(form.maxRedemptions),
    perBuyerLimit: whole(form.perBuyerLimit),
    minItemsMinor: isEmpty(form.minItems) ? 0 : amountOf(form.minItems, digits),
    startsAt: readLocalTime(form.startsAt),
    endsAt: readLocalTime(form.endsAt),
    isEnabled: form.isEnabled,
  });
  if (!parsed.success) return { kind: 'faults', faults: faultsOf(parsed.error.issues, couponFaultAt) };
  const { startsAt, endsAt } = parsed.data;
  if (startsAt !== null && endsAt !== null && endsAt <= startsAt)
    return { kind: 'faults', faults: { endsAt: 'window' } };
  return { kind: 'draft', draft: parsed.data };
}

function benefitOf({ kind, percent, amount }: CouponForm, digits: number): unknown {
  switch (kind) {
    case 'percent':
      return { kind, percent: whole(percent) };
    case 'amount':
      return { kind, amountMinor: amountOf(amount, digits) };
    case 'free-shipping':
      return { kind };
  }
}

const isEmpty = (text: string): boolean => text.trim() === '';

/** NaN for what cannot be read, so that it is a fault of its field and not left out. */
function amountOf(text: string, digits: number): number {
  return parseAmountMinor(text, digits) ?? Number.NaN;
}

/** NaN for anything that is no whole number. */
function whole(text: string): number {
  return /^\d{1,15}$/.test(text.trim()) ? Number(text) : Number.NaN;
}

const faultOfField: Readonly<Record<string, CouponFault>> = {
  code: 'code',
  title: 'title',
  'benefit.percent': 'percent',
  'benefit.amountMinor': 'amount',
  budgetMinor: 'amount',
  minItemsMinor: 'amount',
  startsAt: 'time',
  endsAt: 'time',
};

function couponFaultAt(path: string): { field: string; fault: CouponFault } {
  return { field: path, fault: faultOfField[path] ?? 'count' };
}

/** What a refusal of the server says about single fields. */
export function refusedCouponFields(error: unknown): Faults<CouponFault> {
  if (errorCodeOf(error) === 'COUPON_CODE_TAKEN') return { code: 'codeTaken' };
  return faultsOf(issuesOf(error), couponFaultAt);
}

/** Letters and digits that nobody mixes up when they are read aloud. */
const CODE_SIGNS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const CODE_LENGTH = 8;

/** A code that nobody guesses: about 39 random bits. */
export function generateCode(): string {
  const bytes = crypto.getRandomValues(new Uint32Array(CODE_LENGTH));
  return Array.from(bytes, (value) => CODE_SIGNS.charAt(value % CODE_SIGNS.length)).join('');
}
