import type { Receipt } from '@souk/protocol/http/checkout';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { Totals } from '../../shop/checkout/totals.tsx';
import { OrderAddress } from '../../shop/order/order-address.tsx';
import { orderNumber } from '../../shop/order/order-number.ts';

/** Who sold what to whom, what it came to, and what went back. */
export function ReceiptSheet({ receipt }: { receipt: Receipt }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const { order } = receipt;
  return (
    <article
      data-testid="receipt"
      className="flex flex-col gap-6 rounded-large border border-line bg-surface-raised p-5 sm:p-8 print:border-0 print:bg-transparent print:p-0"
    >
      <header className="flex flex-wrap items-start justify-between gap-x-8 gap-y-4">
        <div className="min-w-0">
          <h1 className="text-2xl font-bold">{t('orders.receiptTitle')}</h1>
          <p data-testid="receipt-number" className="figures text-text-muted">
            {t('orders.receiptNumber', { number: receipt.number })}
          </p>
        </div>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
          <dt className="text-text-muted">{t('orders.receiptIssued')}</dt>
          <dd className="figures">{date(receipt.issuedAt)}</dd>
          <dt className="text-text-muted">{t('orders.receiptOrder')}</dt>
          <dd dir="ltr" className="figures text-start">
            {orderNumber(order.id)}
          </dd>
        </dl>
      </header>
      <div className="grid gap-4 sm:grid-cols-2 print:grid-cols-2">
        <section>
          <h2 className="mb-1 text-sm text-text-muted">{t('orders.receiptSeller')}</h2>
          <p className="text-sm font-medium break-words">{receipt.merchantName}</p>
        </section>
        <section>
          <h2 className="mb-1 text-sm text-text-muted">{t('orders.receiptBuyer')}</h2>
          <OrderAddress address={order.address} />
        </section>
      </div>
      <ReceiptLines receipt={receipt} />
      <div className="w-full max-w-80 self-end break-inside-avoid">
        <Totals totals={order.totals} couponCode={order.couponCode} />
      </div>
      <ReceiptRefunds receipt={receipt} />
    </article>
  );
}

function ReceiptLines({ receipt: { order, currency } }: { receipt: Receipt }) {
  const { t } = useTranslation();
  const { money, count } = useFormat();
  return (
    <table className="w-full border-collapse text-sm">
      <thead>
        <tr className="border-b border-line-strong text-text-muted [&>th]:py-2 [&>th]:font-medium">
          <th className="text-start">{t('orders.receiptItem')}</th>
          <th className="px-3 text-end">{t('orders.receiptQuantity')}</th>
          <th className="px-3 text-end max-sm:hidden print:table-cell">{t('orders.receiptUnit')}</th>
          <th className="text-end">{t('orders.receiptAmount')}</th>
        </tr>
      </thead>
      <tbody className="figures">
        {order.lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id, and their order never changes
          <tr key={index} className="break-inside-avoid border-b border-line align-top [&>td]:py-2.5">
            <td className="break-words">
              <span className="font-medium">{line.title}</span>
              {line.variantLabel !== '' && <span className="block text-text-muted">{line.variantLabel}</span>}
            </td>
            <td className="px-3 text-end">{count(line.quantity)}</td>
            <td className="px-3 text-end whitespace-nowrap max-sm:hidden print:table-cell">
              {money(line.unitPriceMinor, currency)}
            </td>
            <td className="text-end whitespace-nowrap">
              {money(line.unitPriceMinor * line.quantity, currency)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ReceiptRefunds({ receipt }: { receipt: Receipt }) {
  const { t } = useTranslation();
  const { money, date } = useFormat();
  const { refunds, currency, order } = receipt;
  if (refunds.length === 0) return null;
  const keptMinor = refunds.reduce((left, refund) => left - refund.amountMinor, order.totals.totalMinor);
  return (
    <section className="break-inside-avoid">
      <h2 className="mb-2 font-semibold">{t('orders.receiptRefunds')}</h2>
      <ul className="figures flex flex-col gap-1 text-sm">
        {refunds.map((refund) => (
          <li key={`${refund.refundedAt}-${refund.amountMinor}`} className="flex justify-between gap-4">
            <span className="text-text-muted">{date(refund.refundedAt)}</span>
            <span className="whitespace-nowrap">{money(-refund.amountMinor, currency)}</span>
          </li>
        ))}
        <li className="mt-1 flex justify-between gap-4 border-t border-line pt-2 font-bold">
          <span>{t('orders.receiptKept')}</span>
          <span className="whitespace-nowrap">{money(Math.max(0, keptMinor), currency)}</span>
        </li>
      </ul>
    </section>
  );
}
