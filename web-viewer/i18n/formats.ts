// To make one costs a hundred times what it costs to use it, and a busy chat writes two hundred times a second.
const compactCounts = keptByLocale(
  (locale) => new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }),
);
const counts = keptByLocale((locale) => new Intl.NumberFormat(locale));
const dates = keptByLocale(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }),
);
const timesOfDay = keptByLocale((locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'short' }));

function keptByLocale<Formatter>(make: (locale: string) => Formatter): (locale: string) => Formatter {
  const kept = new Map<string, Formatter>();
  return (locale) => {
    const known = kept.get(locale);
    if (known !== undefined) return known;
    const made = make(locale);
    kept.set(locale, made);
    return made;
  };
}

/** A count in full, for example `1,234`. */
export function formatCount(value: number, locale: string): string {
  return counts(locale).format(value);
}

/** A count in few characters, for example `1.2K`. */
export function formatCompactCount(value: number, locale: string): string {
  return compactCounts(locale).format(value);
}

/** Day and time of an instant in Unix milliseconds, in the reader's own zone. */
export function formatDate(at: number, locale: string): string {
  return dates(locale).format(at);
}

export function formatTimeOfDay(at: number, locale: string): string {
  return timesOfDay(locale).format(at);
}

/**
 * What is left of a time, as `m:ss` (or `h:mm:ss`). The last started second counts in full,
 * so that `0:00` appears only when the time is up.
 */
export function formatRemaining(remainingMs: number): string {
  const total = Math.max(0, Math.ceil(remainingMs / 1000));
  const seconds = String(total % 60).padStart(2, '0');
  const minutes = Math.floor(total / 60) % 60;
  const hours = Math.floor(total / 3600);
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}

/** Digits of a card in groups of four, at most 19 digits. */
export function formatCardNumber(text: string): string {
  const digits = text.replaceAll(/\D/g, '').slice(0, 19);
  return digits.replaceAll(/(\d{4})(?=\d)/g, '$1 ');
}
