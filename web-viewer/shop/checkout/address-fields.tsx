import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { isGuest, useSession } from '../../api/session.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import type { AddressDraft } from './address-store.ts';
import { countryOptions } from './countries.ts';

export interface AddressFieldsProps {
  draft: AddressDraft;
  onChange: (change: Partial<AddressDraft>) => void;
}

/** Where the parcel goes; the browser can fill it in. */
export function AddressFields({ draft, onChange }: AddressFieldsProps) {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const session = useSession();
  const countries = useMemo(() => countryOptions(locale), [locale]);
  const field = (name: keyof AddressDraft) => ({
    value: draft[name],
    onChange: (event: { target: { value: string } }) => onChange({ [name]: event.target.value }),
  });
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 text-base font-semibold">{t('shop.delivery')}</legend>
      <Field
        label={t('shop.addressName')}
        data-testid="address-name"
        autoComplete="shipping name"
        required
        maxLength={120}
        {...field('name')}
      />
      <Field
        label={t('shop.addressLine1')}
        data-testid="address-line1"
        autoComplete="shipping address-line1"
        required
        maxLength={160}
        {...field('line1')}
      />
      <Field
        label={t('shop.addressLine2')}
        data-testid="address-line2"
        autoComplete="shipping address-line2"
        maxLength={160}
        {...field('line2')}
      />
      <div className="grid grid-cols-[2fr_3fr] gap-3">
        <Field
          label={t('shop.addressPostalCode')}
          data-testid="address-postal-code"
          autoComplete="shipping postal-code"
          maxLength={20}
          {...field('postalCode')}
        />
        <Field
          label={t('shop.addressCity')}
          data-testid="address-city"
          autoComplete="shipping address-level2"
          required
          maxLength={120}
          {...field('city')}
        />
      </div>
      <Select
        label={t('shop.addressCountry')}
        data-testid="address-country"
        autoComplete="shipping country"
        value={draft.country}
        options={countries}
        onChange={(country) => onChange({ country })}
      />
      {isGuest(session) && (
        <Field label={t('shop.email')} type="email" autoComplete="email" dir="ltr" {...field('email')} />
      )}
    </fieldset>
  );
}
