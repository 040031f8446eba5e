/** Signs that are written in the place of a letter, as `written ones → what they are read as`. All in lower case. */
const signs: readonly (readonly [signs: string, ...letters: string[]])[] = [
  // Cyrillic
  ['а', 'a'],
  ['в', 'b'],
  ['с', 'c'],
  ['ԁ', 'd'],
  ['еєэ', 'e'],
  ['һн', 'h'],
  ['іӏ', 'i', 'l'],
  ['ј', 'j'],
  ['к', 'k'],
  ['м', 'm'],
  ['п', 'n'],
  ['о', 'o'],
  ['р', 'p'],
  ['ԛ', 'q'],
  ['ѕ', 's'],
  ['т', 't'],
  ['ѵ', 'v'],
  ['ѡԝ', 'w'],
  ['х', 'x'],
  ['у', 'y'],
  // Greek: small and capital letters look like different ones
  ['α', 'a'],
  ['β', 'b'],
  ['ς', 'c'],
  ['ε', 'e'],
  ['η', 'h', 'n'],
  ['ι', 'i'],
  ['κ', 'k'],
  ['μ', 'm', 'u'],
  ['ν', 'n', 'v'],
  ['οσ', 'o'],
  ['ρ', 'p'],
  ['τ', 't'],
  ['υ', 'y', 'u'],
  ['χ', 'x'],
  ['γ', 'y'],
  ['ω', 'w'],
  ['ζ', 'z'],
  // Armenian
  ['ց', 'g'],
  ['հ', 'h'],
  ['ո', 'n'],
  ['օ', 'o'],
  ['ս', 'u'],
  // Latin letters with strokes, hooks and turns, and small capitals
  ['ɑᴀɐ', 'a'],
  ['ƀɓʙ', 'b'],
  ['ƈᴄ', 'c'],
  ['đɖɗᴅ', 'd'],
  ['əɛɘǝᴇ', 'e'],
  ['ƒꜰ', 'f'],
  ['ǥɠɡɢ', 'g'],
  ['ħɦʜɥ', 'h'],
  ['ıɨɩɪ', 'i'],
  ['ɉʝᴊ', 'j'],
  ['ƙᴋ', 'k'],
  ['łƚɫɭʟǀ', 'l'],
  ['ɯɱᴍ', 'm'],
  ['ɲŋɴ', 'n'],
  ['øɵɔᴏ', 'o'],
  ['ƥᴘ', 'p'],
  ['ɋꞯ', 'q'],
  ['ɍɹɾʀ', 'r'],
  ['ʂꜱ', 's'],
  ['ŧƫƭᴛ', 't'],
  ['ʉʊᴜ', 'u'],
  ['ʋʌᴠ', 'v'],
  ['ʍᴡ', 'w'],
  ['ɏʎʏ', 'y'],
  ['ƶʐᴢ', 'z'],
];

/** Signs that may stand for a letter, or for nothing: `a$$`, but also `$5`. */
const doubtful: readonly (readonly [sign: string, ...letters: string[]])[] = [
  ['@', 'a'],
  ['$', 's'],
  ['§', 's'],
  ['€', 'e'],
  ['£', 'l'],
  ['¥', 'y'],
  ['¢', 'c'],
  ['©', 'c'],
  ['®', 'r'],
];

/** The same, of signs that mostly stand for nothing: several of them alone are never a word. */
const punctuation: readonly (readonly [sign: string, ...letters: string[]])[] = [
  ['!', 'i', 'l'],
  ['¡', 'i'],
  ['|', 'i', 'l'],
  ['(', 'c'],
  ['+', 't'],
];

/** Digits that may stand for a letter. */
const digits: readonly (readonly [digit: string, ...letters: string[]])[] = [
  ['0', 'o'],
  ['1', 'i', 'l'],
  ['2', 'z'],
  ['3', 'e'],
  ['4', 'a'],
  ['5', 's'],
  ['6', 'b', 'g'],
  ['7', 't'],
  ['8', 'b'],
  ['9', 'g'],
];

/** One sign that is written as several letters. */
export const ligatures: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['þ', 'th'],
]);

const toCodes = (letters: readonly string[]): readonly number[] => letters.flatMap(codesOf);

/** Letter (lower case) → the letters that it looks like. */
export const lookAlikes: ReadonlyMap<string, readonly number[]> = new Map(
  signs.flatMap(([written, ...letters]) => [...written].map((sign) => [sign, toCodes(letters)] as const)),
);
export const doubtfulSigns: ReadonlyMap<string, readonly number[]> = new Map(
  doubtful.map(([sign, ...letters]) => [sign, toCodes(letters)]),
);
export const punctuationSigns: ReadonlyMap<string, readonly number[]> = new Map(
  punctuation.map(([sign, ...letters]) => [sign, toCodes(letters)]),
);
/** Digit → itself, and the letters that it looks like. */
export const digitReadings: ReadonlyMap<string, readonly number[]> = new Map(
  digits.map(([digit, ...letters]) => [digit, toCodes([digit, ...letters])]),
);

/** Letters in boxes and circles that Unicode does not fold: first code point of each alphabet. */
const boxedAlphabets = [0x1f150, 0x1f170, 0x1f1e6] as const;

/** The letter in a box or circle, as a code point. */
export function findBoxedLetter(code: number): number | undefined {
  const first = boxedAlphabets.find((start) => code >= start && code < start + 26);
  return first === undefined ? undefined : code - first + 0x61;
}

/** The code points of a text. */
export function codesOf(text: string): number[] {
  return Array.from(text, (sign) => sign.codePointAt(0) ?? 0);
}
