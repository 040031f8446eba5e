/** Most characters of a label. */
const LABEL_LENGTH = 80;

/** The label of a variant that was given none: the values of its options, `Forest green / M`. */
export function labelOf(options: Readonly<Record<string, string>>): string {
  return Object.values(options).join(' / ').slice(0, LABEL_LENGTH).trim();
}
