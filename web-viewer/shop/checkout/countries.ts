/** Countries that the address form offers, ISO 3166-1 alpha-2. The server decides what it ships to and at what price. */
export const countryCodes = [
  'AE',
  'AT',
  'AU',
  'BE',
  'BG',
  'BR',
  'CA',
  'CH',
  'CY',
  'CZ',
  'DE',
  'DK',
  'EE',
  'EG',
  'ES',
  'FI',
  'FR',
  'GB',
  'GR',
  'HR',
  'HU',
  'IE',
  'IN',
  'IS',
  'IT',
  'JO',
  'JP',
  'KR',
  'KW',
  'LB',
  'LT',
  'LU',
  'LV',
  'MA',
  'MT',
  'MX',
  'NL',
  'NO',
  'NZ',
  'PL',
  'PT',
  'QA',
  'RO',
  'SA',
  'SE',
  'SG',
  'SI',
  'SK',
  'TN',
  'TR',
  'UA',
  'US',
  'ZA',
] as const;

export type CountryCode = (typeof countryCodes)[number];

function isCountryCode(value: string | undefined): value is CountryCode {
  return countryCodes.some((code) => code === value);
}

/** The country that the browser's languages point to, else Germany. */
export function guessCountry(languages: readonly string[] = navigator.languages): CountryCode {
  return languages.map((tag) => new Intl.Locale(tag).region).find(isCountryCode) ?? 'DE';
}

/** The countries by name, in the order of the language. */
export function countryOptions(locale: string): { value: CountryCode; label: string }[] {
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  return countryCodes
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .sort((a, b) => a.label.localeCompare(b.label, locale));
}
