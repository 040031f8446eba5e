import { errorCodes } from '@souk/protocol/error-codes';
import { describe, expect, it } from 'vitest';
import { ar } from './ar.ts';
import { en } from './en.ts';

const PLURAL = /_(?:zero|one|two|few|many|other)$/;

type Texts = { readonly [key: string]: string | Texts };

function leaves(texts: Texts, prefix = ''): [key: string, text: string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value]] : leaves(value, `${prefix}${key}.`),
  );
}

function keys(texts: Texts): string[] {
  return [...new Set(leaves(texts).map(([key]) => key.replace(PLURAL, '')))].sort();
}

function variables(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort();
}

describe('catalogues of texts', () => {
  it('have the same keys in every language', () => {
    expect(keys(ar)).toEqual(keys(en));
  });

  it('have every plural form that the language asks for', () => {
    const plurals = leaves(ar)
      .filter(([key]) => PLURAL.test(key))
      .map(([key]) => key);
    for (const base of new Set(plurals.map((key) => key.replace(PLURAL, '')))) {
      const forms = new Intl.PluralRules('ar').resolvedOptions().pluralCategories;
      expect(plurals).toEqual(expect.arrayContaining(forms.map((form) => `${base}_${form}`)));
    }
  });

  it('fill in the same variables in every language', () => {
    const english = new Map(leaves(en));
    for (const [key, text] of leaves(ar).filter(([key]) => !PLURAL.test(key))) {
      expect([key, variables(text)]).toEqual([key, variables(english.get(key) ?? '')]);
    }
  });

  it('leave no text empty', () => {
    for (const [key, text] of [...leaves(en), ...leaves(ar)])
      expect([key, text.trim()]).not.toEqual([key, '']);
  });

  it('have words for every error code', () => {
    expect(Object.keys(en.errors).sort()).toEqual([...errorCodes].sort());
  });
});
