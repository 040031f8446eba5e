import type { Dispute } from '@souk/protocol/http/desk-payments';
import type { Currency } from '@souk/protocol/money';
import type { DisputeStatus } from '@souk/protocol/states';
import { ShieldAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/use-format.ts';
import { Badge, type BadgeProps } from '../../../ui/badge.tsx';

const tones: Record<DisputeStatus, NonNullable<BadgeProps['tone']>> = {
  open: 'danger',
  won: 'success',
  lost: 'neutral',
};

/** Reasons that merchants meet, by the names of the payment service; others stand as it calls them. */
const knownReasons = [
  ...(['duplicate', 'fraudulent', 'product_not_received', 'product_unacceptable'] as const),
  ...(['credit_not_processed', 'subscription_canceled', 'unrecognized', 'general'] as const),
];

function isKnownReason(reason: string): reason is (typeof knownReasons)[number] {
  return knownReasons.some((known) => known === reason);
}

/** That a buyer's bank took the payment back, in a word. */
export function DisputeBadge({ dispute }: { dispute: Dispute }) {
  const { t } = useTranslation();
  return (
    <Badge tone={tones[dispute.status]} data-testid="dispute">
      <ShieldAlert aria-hidden className="size-3.5" />
      {t(`desk.disputes.${dispute.status}`)}
    </Badge>
  );
}

/** What the dispute is about, and until when to answer. */
export function DisputeNote({ dispute, currency }: { dispute: Dispute; currency: Currency }) {
  const { t } = useTranslation();
  const { money, date } = useFormat();
  return (
    <p className="rounded-small bg-danger-soft px-3 py-2.5 text-sm text-danger-text md:col-span-3">
      {t('desk.disputeAbout', { amount: money(dispute.amountMinor, currency) })}{' '}
      <bdi>
        {isKnownReason(dispute.reason)
          ? t(`desk.disputeReasons.${dispute.reason}`)
          : dispute.reason.replaceAll('_', ' ')}
      </bdi>
      {'. '}
      {dispute.respondBefore !== null && t('desk.respondBefore', { date: date(dispute.respondBefore) })}
    </p>
  );
}
