import type { Movement } from '@souk/protocol/http/desk';
import { clsx } from 'clsx';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../../i18n/use-format.ts';
import { orderNumber } from '../../../shop/order/order-number.ts';
import { useDeskLink } from '../use-desk.ts';
import type { LedgerLine } from './balances.ts';

/** One movement: what happened, to which count, by whom and why, and what could be sold after it. */
export function MovementLine({ line }: { line: LedgerLine }) {
  const { t } = useTranslation();
  const { date, count } = useFormat();
  const { movement, availableAfter } = line;
  return (
    <div data-testid="movement" data-kind={movement.kind} className="flex gap-3 py-2.5 text-sm">
      <div className="min-w-0 flex-1">
        <p className="font-medium">{t(`inventory.kinds.${movement.kind}`)}</p>
        <p className="text-text-muted">
          {date(movement.at)}
          {movement.actorName !== null && ` · ${movement.actorName}`}
        </p>
        {movement.reason !== '' && (
          <p className="break-words text-text-muted">
            <bdi>{movement.reason}</bdi>
          </p>
        )}
        <Cause movement={movement} />
      </div>
      <div className="figures text-end">
        <Deltas movement={movement} />
        <p className="text-xs text-text-muted">
          {t('inventory.availableAfter', { units: count(availableAfter) })}
        </p>
      </div>
    </div>
  );
}

function Cause({ movement }: { movement: Movement }) {
  const { t } = useTranslation();
  const link = useDeskLink();
  if (movement.orderId === null) return null;
  return (
    <p className="text-xs text-text-muted">
      <Link
        to={{ ...link('orders'), hash: movement.orderId }}
        className="underline underline-offset-2 hover:text-text"
      >
        <bdi>{t('orders.number', { number: orderNumber(movement.orderId) })}</bdi>
      </Link>
    </p>
  );
}

function Deltas({ movement }: { movement: Movement }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const deltas = [
    { name: 'onHand', delta: movement.onHandDelta },
    { name: 'reserved', delta: movement.reservedDelta },
    { name: 'allocated', delta: movement.allocatedDelta },
  ] as const;
  return deltas
    .filter(({ delta }) => delta !== 0)
    .map(({ name, delta }) => (
      <p key={name}>
        <span className="text-text-muted">{t(`desk.figures.${name}`)}</span>{' '}
        <bdi
          dir="ltr"
          className={clsx('font-semibold', delta < 0 ? 'text-danger-text' : 'text-success-text')}
        >
          {delta > 0 ? '+' : '−'}
          {count(Math.abs(delta))}
        </bdi>
      </p>
    ));
}
