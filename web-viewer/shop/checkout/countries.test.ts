import { expect, it } from 'vitest';
import { countryOptions, guessCountry } from './countries.ts';

it('guesses the country from the languages of the browser', () => {
  expect(guessCountry(['en', 'fr-FR'])).toBe('FR');
  expect(guessCountry(['en'])).toBe('DE');
});

it('names and orders the countries in the language of the page', () => {
  const options = countryOptions('en');
  expect(options.find((option) => option.value === 'DE')?.label).toBe('Germany');
  expect(options[0]?.label).toBe('Australia');
});
