import { limits } from '@souk/protocol/limits';
import { useTranslation } from 'react-i18next';
import { serverClock } from '../../api/hub.ts';
import { formatRemaining } from '../../i18n/formats.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { localTimeText } from '../staff/local-time.ts';
import type { SaleForming } from './use-sale-form.ts';

const DAY_MS = 86_400_000;

/** Countdowns that are one press away; any other can be typed. */
const countdowns = [0, 10, 30, 60, 120, 300] as const;

/** What the sale is of. */
export function SaleOffer({ form }: { form: SaleForming }) {
  const { t } = useTranslation();
  return (
    <Select
      data-testid="sale-variant"
      label={t('studio.saleVariant')}
      labelHidden
      value={(form.offer?.variantId ?? '') as string}
      options={form.offers.map((each) => ({ value: each.variantId as string, label: each.label }))}
      onChange={form.choose}
    />
  );
}

/** Price, units, time and limit of a sale. */
export function SaleFigures({ form }: { form: SaleForming }) {
  const { t } = useTranslation();
  const { fields, change, offer } = form;
  return (
    <div className="grid grid-cols-2 gap-2">
      <Field
        data-testid="sale-price"
        label={t('studio.salePrice')}
        inputMode="decimal"
        value={fields.price}
        suffix={offer?.product.currency}
        onChange={(event) => change({ price: event.target.value })}
      />
      <Field
        data-testid="sale-units"
        label={t('studio.saleUnits')}
        type="number"
        min={1}
        max={limits.saleUnits}
        value={fields.units}
        onChange={(event) => change({ units: event.target.value })}
      />
      <Field
        data-testid="sale-seconds"
        label={t('studio.saleSeconds')}
        type="number"
        min={limits.saleSecondsMin}
        max={limits.saleSecondsMax}
        value={fields.seconds}
        onChange={(event) => change({ seconds: event.target.value })}
      />
      <Field
        data-testid="sale-limit"
        label={t('studio.saleLimit')}
        type="number"
        min={1}
        max={limits.lineQuantity}
        value={fields.perBuyerLimit}
        onChange={(event) => change({ perBuyerLimit: event.target.value })}
      />
    </div>
  );
}

/** How long viewers see the sale coming. */
export function CountdownSelect({ form }: { form: SaleForming }) {
  const { t } = useTranslation();
  const { countdown } = form.fields;
  const typed = Number(countdown);
  const seconds = countdowns.some((each) => each === typed) ? countdowns : [...countdowns, typed];
  return (
    <Select
      data-testid="sale-countdown"
      label={t('studio.countdown')}
      labelHidden
      value={String(typed)}
      options={seconds.map((each) => ({
        value: String(each),
        label: each === 0 ? t('studio.now') : t('studio.inTime', { time: formatRemaining(each * 1_000) }),
      }))}
      onChange={(value) => form.change({ countdown: value })}
    />
  );
}

/** What few sales need: another countdown, a bound over everything, and a start at an instant. */
export function MoreSaleFields({ form }: { form: SaleForming }) {
  return (
    <div className="grid grid-cols-2 gap-2">
      <CountdownField form={form} />
      <TotalLimitField form={form} />
      <StartField form={form} />
    </div>
  );
}

export function CountdownField({ form }: { form: SaleForming }) {
  const { t } = useTranslation();
  return (
    <Field
      data-testid="sale-countdown-seconds"
      label={t('studio.countdownSeconds')}
      type="number"
      min={0}
      max={limits.countdownSecondsMax}
      value={form.fields.countdown}
      onChange={(event) => form.change({ countdown: event.target.value })}
    />
  );
}

export function TotalLimitField({ form }: { form: SaleForming }) {
  const { t } = useTranslation();
  return (
    <Field
      data-testid="sale-total-limit"
      label={t('studio.totalLimit')}
      type="number"
      min={1}
      placeholder={t('studio.noBound')}
      value={form.fields.totalLimit}
      onChange={(event) => form.change({ totalLimit: event.target.value })}
    />
  );
}

export function StartField({ form }: { form: SaleForming }) {
  const { t } = useTranslation();
  const now = serverClock.now();
  return (
    <Field
      className="col-span-2"
      data-testid="sale-starts-at"
      label={t('studio.startsAt')}
      type="datetime-local"
      min={localTimeText(now)}
      max={localTimeText(now + limits.scheduleDaysMax * DAY_MS)}
      value={form.fields.startsAt}
      onChange={(event) => form.change({ startsAt: event.target.value })}
    />
  );
}
