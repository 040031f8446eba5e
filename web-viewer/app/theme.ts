/** `system` follows the device; the other two are chosen. */
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const STORAGE_KEY = 'souk.theme';

export function isTheme(value: string | null): value is Theme {
  return themes.some((theme) => theme === value);
}

export function storedTheme(storage: Pick<Storage, 'getItem'> = localStorage): Theme {
  const value = storage.getItem(STORAGE_KEY);
  return isTheme(value) ? value : 'system';
}

/** Applies a theme to the page and remembers it. */
export function chooseTheme(theme: Theme, storage: Pick<Storage, 'setItem'> = localStorage): void {
  storage.setItem(STORAGE_KEY, theme);
  applyTheme(theme);
}

export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}
