/** The languages of the page: code, own name, and writing direction. */
export const languages = {
  en: { name: 'English', direction: 'ltr', locale: 'en' },
  // Latin digits: prices, countdowns and card numbers are read across scripts here.
  ar: { name: 'العربية', direction: 'rtl', locale: 'ar-u-nu-latn' },
} as const;

export type Language = keyof typeof languages;

const STORAGE_KEY = 'souk.language';

export function isLanguage(value: string | null | undefined): value is Language {
  return value !== null && value !== undefined && Object.hasOwn(languages, value);
}

/** The language chosen earlier, else the first one that the browser asks for and we have, else English. */
export function detectLanguage(
  storage: Pick<Storage, 'getItem'> = localStorage,
  preferred = navigator.languages,
): Language {
  const chosen = storage.getItem(STORAGE_KEY);
  if (isLanguage(chosen)) return chosen;
  return preferred.map((tag) => tag.split('-')[0]).find(isLanguage) ?? 'en';
}

export function rememberLanguage(language: Language, storage: Pick<Storage, 'setItem'> = localStorage): void {
  storage.setItem(STORAGE_KEY, language);
}
