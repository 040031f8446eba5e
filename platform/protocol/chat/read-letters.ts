import type { LetterReading, ReadSign, SignReading } from './sign-reading.ts';

/** What stands in front of a letter. `contraction`: the apostrophe of `he'll`. */
export type Gap = 'none' | 'mark' | 'space' | 'contraction';

/** One letter of a text, or the same letter several times in a row. */
export interface Letter extends LetterReading {
  readonly count: number;
  readonly gap: Gap;
}

/** A letter whose surroundings are not known yet. */
type RawLetter = { reading: LetterReading; count: number; readonly gap: Gap | 'apostrophe' };

const contractions: ReadonlySet<string> = new Set(['d', 'll', 'm', 're', 's', 't', 've']);

/** The letters of a text: look-alikes, capitals, accents and unseen signs are resolved, what stands between is noted. */
export function readLetters(text: string, readSign: ReadSign): Letter[] {
  const raw = readRaw(text, readSign);
  const letters = tokensOf(raw).flatMap((token) => (hasLetter(token) ? token : withoutGuesses(token)));
  return letters.map(({ reading, count, gap }, index) => {
    const { kind, letters: readAs, isOptional, isIsland } = reading;
    return { kind, letters: readAs, isOptional, isIsland, count, gap: gapOf(letters, index, gap) };
  });
}

function readRaw(text: string, readSign: ReadSign): RawLetter[] {
  const letters: RawLetter[] = [];
  let gap: RawLetter['gap'] = 'none';
  // `™` would become the letters `tm`, and `´` a space.
  const plain = text.replace(/[™℠]/g, ' ').replaceAll('´', "'").normalize('NFKD');
  for (const sign of plain) {
    for (const reading of readSign(sign)) {
      const last = letters.at(-1);
      if (!isLetter(reading)) gap = widen(gap, reading.kind);
      else if (gap === 'none' && last?.reading === reading) last.count += 1;
      else {
        letters.push({ reading, count: 1, gap });
        gap = 'none';
      }
    }
  }
  return letters;
}

function isLetter(reading: SignReading): reading is LetterReading {
  return 'letters' in reading;
}

function widen(
  gap: RawLetter['gap'],
  kind: Exclude<SignReading['kind'], LetterReading['kind']>,
): RawLetter['gap'] {
  if (kind === 'nothing' || gap === 'space') return gap;
  if (kind === 'space') return 'space';
  return kind === 'apostrophe' && gap === 'none' ? 'apostrophe' : 'mark';
}

/** What stands between two spaces; single signs with spaces between them are taken together. */
function tokensOf(letters: readonly RawLetter[]): RawLetter[][] {
  const tokens: RawLetter[][] = [];
  letters.forEach((letter, index) => {
    const last = tokens.at(-1);
    const isApart = letter.gap === 'space' && !(isAlone(letters, index) && isAlone(letters, index - 1));
    if (last === undefined || isApart) tokens.push([letter]);
    else last.push(letter);
  });
  return tokens;
}

function isAlone(letters: readonly RawLetter[], index: number): boolean {
  const [letter, next] = [letters[index], letters[index + 1]];
  const isFirst = index === 0 || letter?.gap === 'space';
  return isFirst && letter?.count === 1 && (next === undefined || next.gap === 'space');
}

function hasLetter(token: readonly RawLetter[]): boolean {
  return token.some(({ reading }) => reading.kind === 'letter');
}

/** Digits without a letter are a number (`$455` is a price), and exclamation marks are what they are. */
function withoutGuesses(token: readonly RawLetter[]): RawLetter[] {
  return token
    .filter(({ reading }) => reading.kind !== 'punctuation')
    .map((letter) =>
      letter.reading.kind === 'digit' ? { ...letter, reading: asNumber(letter.reading) } : letter,
    );
}

function asNumber(digit: LetterReading): LetterReading {
  return { ...digit, letters: [digit.letters[0]], isOptional: false };
}

function gapOf(letters: readonly RawLetter[], index: number, gap: RawLetter['gap']): Gap {
  if (gap !== 'apostrophe') return gap;
  let suffix = '';
  for (let at = index; at < letters.length && suffix.length <= 2; at += 1) {
    const letter = letters[at];
    if (letter === undefined || (at > index && letter.gap !== 'none')) break;
    suffix += String.fromCodePoint(letter.reading.letters[0]).repeat(letter.count);
  }
  return contractions.has(suffix) ? 'contraction' : 'mark';
}
