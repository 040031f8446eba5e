import { expect, it } from 'vitest';
import { detectLanguage, isLanguage } from './languages.ts';

const storing = (value: string | null) => ({ getItem: () => value });

it('takes the language that was chosen before', () => {
  expect(detectLanguage(storing('ar'), ['en'])).toBe('ar');
});

it('takes the first language of the browser that there are texts for', () => {
  expect(detectLanguage(storing(null), ['fi-FI', 'ar-EG', 'en'])).toBe('ar');
});

it('falls back to English', () => {
  expect(detectLanguage(storing('xx'), ['fi'])).toBe('en');
});

it('does not take names of object members for languages', () => {
  expect(isLanguage('constructor')).toBe(false);
});
