import type { Address } from '@souk/protocol/http/buying';
import { useFormat } from '../../i18n/use-format.ts';

/** Where a parcel goes, line by line, the country by its name. */
export function OrderAddress({ address }: { address: Address }) {
  const { locale } = useFormat();
  const country = new Intl.DisplayNames(locale, { type: 'region' }).of(address.country) ?? address.country;
  const place = `${address.postalCode} ${address.city}`.trim();
  const lines = [address.name, address.line1, address.line2, place, country].filter((line) => line !== '');
  return (
    <address className="flex flex-col text-sm not-italic">
      {lines.map((line) => (
        // The line keeps the page's side, whatever script it is in.
        <span key={line} className="break-words">
          <bdi>{line}</bdi>
        </span>
      ))}
    </address>
  );
}
