import { type Currency, formatMoney } from '@souk/protocol/money';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCompactCount, formatCount, formatDate, formatTimeOfDay } from './formats.ts';
import { isLanguage, languages } from './languages.ts';

/** Formatters for the page's language. Amounts are integer minor units; instants are Unix milliseconds. */
export function useFormat() {
  const { i18n } = useTranslation();
  const locale = isLanguage(i18n.language) ? languages[i18n.language].locale : 'en';
  return useMemo(
    () => ({
      locale,
      money: (amountMinor: number, currency: Currency) => formatMoney({ amountMinor, currency }, locale),
      count: (value: number) => formatCount(value, locale),
      compactCount: (value: number) => formatCompactCount(value, locale),
      date: (at: number) => formatDate(at, locale),
      timeOfDay: (at: number) => formatTimeOfDay(at, locale),
    }),
    [locale],
  );
}
