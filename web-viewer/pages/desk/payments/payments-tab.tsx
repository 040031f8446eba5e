import { useTranslation } from 'react-i18next';
import { FindingsList } from './findings-list.tsx';
import { PayoutCard } from './payout-card.tsx';

/** Where the money goes, and what the books and the payment service disagreed about. */
export function PaymentsTab() {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col gap-8">
      <PayoutCard />
      <section aria-labelledby="findings" className="flex flex-col gap-3">
        <div>
          <h2 id="findings" className="text-lg font-semibold">
            {t('payouts.findings')}
          </h2>
          <p className="text-sm text-text-muted">{t('payouts.findingsText')}</p>
        </div>
        <FindingsList />
      </section>
    </div>
  );
}
