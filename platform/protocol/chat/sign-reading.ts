import {
  codesOf,
  digitReadings,
  doubtfulSigns,
  findBoxedLetter,
  ligatures,
  lookAlikes,
  punctuationSigns,
} from './look-alikes.ts';

/** What one sign of a text is: nothing at all, something between letters, or a letter that can be read so or so. */
export type SignReading =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'space' }
  | { readonly kind: 'mark' }
  | { readonly kind: 'apostrophe' }
  | LetterReading;

export interface LetterReading {
  readonly kind: 'letter' | 'digit' | 'doubtful' | 'punctuation';
  /** Code points that it may be read as; the first is what it is. */
  readonly letters: readonly [number, ...number[]];
  /** True when it may stand for nothing too: `5`, `$`, a picture. */
  readonly isOptional: boolean;
  /** True in scripts without spaces: each sign may begin or end a word. */
  readonly isIsland: boolean;
}

const NOTHING = { kind: 'nothing' } as const;
const SPACE = { kind: 'space' } as const;
const MARK = { kind: 'mark' } as const;
const APOSTROPHE = { kind: 'apostrophe' } as const;

/** Marks on letters, and signs that are not seen. */
const unseen = /[\p{M}\p{DI}\p{Cf}]/u;
const space = /[\p{White_Space}\u2800]/u;
const apostrophe = /['’‘ʼ`]/u;
const picture = /\p{Extended_Pictographic}/u;
const letter = /[\p{L}\p{N}]/u;
const withoutSpaces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const CAPITAL_I = [0x69, 0x6c] as const;

/** Reads one sign of a text in the form NFKD. Most are read as one; `ß` is two letters. */
export type ReadSign = (sign: string) => readonly SignReading[];

const MAX_KNOWN = 4_096;

/** Makes a reader that knows a sign again: the same sign gives the very same reading. */
export function createSignReader(): ReadSign {
  const known = new Map<string, readonly SignReading[]>();
  return (sign) => {
    const before = known.get(sign);
    if (before !== undefined) return before;
    const reading = readUnknown(sign);
    // Bounded: a text may have any of Unicode's signs.
    if (known.size < MAX_KNOWN) known.set(sign, reading);
    return reading;
  };
}

function readUnknown(sign: string): readonly SignReading[] {
  const lower = sign.toLowerCase();
  const several = ligatures.get(lower);
  if (several !== undefined) return codesOf(several).map((code) => letterOf([code]));
  return [readOne(sign, lower)];
}

function readOne(sign: string, lower: string): SignReading {
  if (unseen.test(sign)) return NOTHING;
  if (space.test(sign)) return SPACE;
  if (apostrophe.test(sign)) return APOSTROPHE;
  if (sign === 'I') return letterOf(CAPITAL_I);
  const digit = digitReadings.get(sign);
  if (digit !== undefined) return { ...letterOf(digit), kind: 'digit', isOptional: true };
  const doubted = doubtfulSigns.get(sign);
  if (doubted !== undefined) return { ...letterOf(doubted), kind: 'doubtful', isOptional: true };
  const punctuation = punctuationSigns.get(sign);
  if (punctuation !== undefined) return { ...letterOf(punctuation), kind: 'punctuation', isOptional: true };
  const code = lower.codePointAt(0) ?? 0;
  const boxed = findBoxedLetter(sign.codePointAt(0) ?? 0);
  if (boxed !== undefined) return { ...letterOf([boxed]), isOptional: true };
  if (picture.test(sign)) return { kind: 'doubtful', letters: [code], isOptional: true, isIsland: true };
  if (!letter.test(sign)) return MARK;
  return letterOf(lookAlikes.get(lower) ?? [code], withoutSpaces.test(sign));
}

function letterOf([first = 0, ...others]: readonly number[], isIsland = false): LetterReading {
  return { kind: 'letter', letters: [first, ...others], isOptional: false, isIsland };
}
