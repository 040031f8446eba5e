import { describe, expect, it } from 'vitest';
import { limits } from '../limits.ts';
import { createRandom } from '../testing/random.ts';
import { readLetters } from './read-letters.ts';
import { createSignReader } from './sign-reading.ts';
import { createWordMatcher, searchWords } from './word-matcher.ts';
import { createWordTree } from './word-tree.ts';

const find = (word: string, text: string) => createWordMatcher([word]).findWord(text);

describe('a blocked word', () => {
  it.each([
    ['capitals', 'what a SCAM'],
    ['accents', 'what a śçåm'],
    ['stacked accents', 's̶̢͝c̷̛͢a̸͎͒m̵͔͐'],
    ['Cyrillic letters', 'ѕсам'],
    ['Greek letters', 'scαμ'],
    ['wide letters', 'ｓｃａｍ'],
    ['letters of formulas', '𝓼𝓬𝓪𝓶 and 𝕤𝕔𝕒𝕞'],
    ['letters in circles and boxes', 'ⓢⓒⓐⓜ 🅂🄲🄰🄼 🆂🅲🅰🅼'],
    ['small capitals', 'ꜱᴄᴀᴍ'],
    ['digits', '5c4m'],
    ['signs', '$c@m'],
    ['repeated letters', 'scaaaaam'],
    ['doubled letters', 'sccaamm'],
    ['spaces', 's c a m'],
    ['wide spaces', 's   c\u3000a\u00a0m'],
    ['a few spaces', 'sc am'],
    ['one letter cut off', 's cam, and scA M'],
    ['dots', 's.c.a.m'],
    ['several signs', 's_-_c...a*m'],
    ['apostrophes', "s'c'a'm"],
    ['unseen signs', 's\u200bc\u200da\u2060m\ufeff'],
    ['a soft hyphen', 'sc\u00adam'],
    ['digits between', 's1c2a3m'],
    ['pictures between', 's🔥c🔥a🔥m'],
    ['repeated letters, apart', 's s s c a a m'],
    ['spaces and digits', 's c 4 m'],
    ['all of it', '$  ¢.44\u200b.Ⅿ'],
  ])('is found in spite of %s', (_name, text) => {
    expect(find('scam', text)).toBe('scam');
  });

  it.each([
    ['at the end', 'what a scam!'],
    ['at the beginning', 'scam, all of it'],
    ['in brackets', '(scam)'],
    ['in quotes', '“scam”'],
    ['after a sign that may be a letter', '!scam!1!'],
    ['with a number behind', 'scam2026'],
    ['with an apostrophe behind', "the scam's over"],
    ['with a trade mark', 'scam™'],
    ['between flags', '🇫🇷scam🇫🇷'],
    ['as a part of a compound', 'scam-shop'],
  ])('is found %s', (_name, text) => {
    expect(find('scam', text)).toBe('scam');
  });

  it.each([
    ['ass', 'a class of its own, assembled, and it passes'],
    ['ass', 'as sure as can be'],
    ['ass', 'as'],
    ['ass', 'only $455, or 455 €, or a 55 inch one, model-455'],
    ['ill', 'wow!?!?! !!! |||'],
    ['penis', 'my pen is blue'],
    ['hell', "he'll be here, we’ll see"],
    ['tits', 'it tilts'],
    ['rapist', 'a therapist'],
    ['scam', 's camera, scamp, escam'],
    ['spit', 'split it'],
  ])('%s is not in "%s"', (word, text) => {
    expect(find(word, text)).toBeUndefined();
  });

  it('is found as a phrase, with one space, with several or with none', () => {
    for (const text of ['buy followers', 'BUY   f0llowers now', 'buyfollowers', 'b.u.y followers'])
      expect(find('buy followers', text)).toBe('buy followers');
    expect(find('buy followers', 'buy some followers')).toBeUndefined();
  });

  it('is found in scripts without spaces, and in others than Latin', () => {
    expect(find('馬鹿', 'お前馬鹿だ')).toBe('馬鹿');
    expect(find('дурак', 'ты ДУРАК!')).toBe('дурак');
    expect(find('дурак', 'ты д у р а к')).toBe('дурак');
    expect(find('μαλάκα', 'ΜΑΛΑΚΑ')).toBe('μαλάκα');
    expect(find('straße', 'STRASSE')).toBe('straße');
  });

  it('may be a picture or a number', () => {
    expect(find('🍆', 'nice🍆🍆')).toBe('🍆');
    expect(find('1488', 'we are 1 4 8 8')).toBe('1488');
    expect(find('1488', 'order 14881')).toBeUndefined();
  });

  it('is found among many, and given as it was written', () => {
    const matcher = createWordMatcher(['Foo', 'sCam ', 'scamper', '...', '']);
    expect(matcher.findWord('a scam')).toBe('sCam ');
    expect(matcher.findWord('scampers')).toBeUndefined();
    expect(matcher.findWord('...')).toBeUndefined();
  });
});

const alphabet = 'abcdefghijklmnopqrstuvwxyz';
const disguises: Readonly<Record<string, readonly string[]>> = {
  a: ['а', '4', '@', 'á', 'ａ'],
  e: ['е', '3', 'é', '𝐞'],
  i: ['1', 'і', '!', 'Ι'],
  l: ['1', '|', 'ӏ', 'I'],
  o: ['0', 'о', 'ο', 'ö'],
  s: ['5', '$', 'ѕ', 'ś'],
};

describe('any word', () => {
  it('is found however its letters are disguised, repeated and parted', () => {
    const random = createRandom('disguise');
    for (let round = 0; round < 1_000; round += 1) {
      const word = Array.from({ length: random.between(3, 12) }, () => random.pick([...alphabet])).join('');
      const isSpaced = random.maybe(0.3);
      const text = [...word]
        .map((letter, index) => {
          // Of a number without any letter nobody can say what it is meant to be.
          const isPlain = index === 0 || isSpaced;
          const drawn = isPlain ? letter : random.pick([letter, ...(disguises[letter] ?? [letter])]);
          return drawn.repeat(random.maybe(0.2) ? random.between(2, 4) : 1);
        })
        .join(isSpaced ? random.pick([' ', '  ', ' . ']) : random.pick(['', '.', '-', '\u200b', '_']));
      expect([word, text, find(word, `so, ${text} it`)]).toEqual([word, text, word]);
    }
  });

  it('is not found in ordinary words that only have it inside', () => {
    const random = createRandom('inside');
    for (let round = 0; round < 1_000; round += 1) {
      const letters = (least: number, most: number) =>
        Array.from({ length: random.between(least, most) }, () => random.pick([...alphabet])).join('');
      const word = letters(4, 8);
      // `x` neither repeats nor continues a word here.
      const text = `${letters(1, 3)}x${word}x${letters(1, 3)}`;
      if (word.includes('x')) continue;
      expect([word, text, find(word, text)]).toEqual([word, text, undefined]);
    }
  });

  it('makes no difference whether it is compiled alone or among others', () => {
    const random = createRandom('among');
    const make = () =>
      Array.from({ length: random.between(2, 5) }, () => random.pick([...'aabill1! ']))
        .join('')
        .trim() || 'a';
    for (let round = 0; round < 300; round += 1) {
      const words = Array.from({ length: 8 }, make);
      const text = Array.from({ length: 4 }, make).join(random.pick([' ', '', '.']));
      const alone = words.some((word) => find(word, text) !== undefined);
      expect([words, text, createWordMatcher(words).findWord(text) !== undefined]).toEqual([
        words,
        text,
        alone,
      ]);
    }
  });
});

describe('the search', () => {
  const readSign = createSignReader();
  const random = createRandom('speed');
  const words = Array.from({ length: limits.blockedWords * 2 }, () =>
    Array.from({ length: random.between(3, 12) }, () => random.pick([...'abeilost'])).join(''),
  );
  const tree = createWordTree(words, readSign);
  const stepsOf = (text: string, root = tree) => {
    const letters = readLetters(text, readSign);
    const { steps, word } = searchWords(root, letters);
    return { steps, word, letters: letters.length };
  };

  it('takes twice the steps for twice the text', () => {
    const sentence = Array.from({ length: 500 }, () =>
      Array.from({ length: random.between(2, 9) }, () => random.pick([...alphabet])).join(''),
    ).filter((token) => stepsOf(token).word === undefined);
    const once = stepsOf(sentence.join(' zz '));
    const twice = stepsOf([...sentence, ...sentence].join(' zz '));
    expect(once.word).toBeUndefined();
    expect(twice.steps).toBeLessThanOrEqual(2 * once.steps + 1);
    expect(once.steps).toBeLessThan(2 * once.letters);
  });

  const traps = createWordTree(
    ['a', 'i', 'l', 'il', 'is'].flatMap((part) =>
      Array.from({ length: 12 }, (_, count) => `${part.repeat(count + 2)}b`),
    ),
    readSign,
  );
  it.each([
    'a',
    'a ',
    '!',
    '! ',
    '!?',
    '1! ',
    '!|$',
    '| $ ! ',
    'il1I|! ',
    'a.',
    '🔥',
    '\u200b',
    'a\u0301',
    '()',
    'aA4@',
  ])('has a bound on its steps with a text of %j only, which grows with the text', (part) => {
    for (const length of [10, 100, 400]) {
      const { steps, letters } = stepsOf(part.repeat(length), traps);
      expect(steps).toBeLessThanOrEqual(50 * letters + 501);
    }
  });

  it('lets excited people alone', () => {
    const words = createWordTree(['idiot', 'ill', 'lilly', 'slut', 'ass', 'hate', 'able', 'sissy'], readSign);
    for (const text of [
      '!!!!!!!!!!!!',
      '?!?!?!?!?!?!?!?!?!?!?!',
      '$$$ $$$ $$$',
      '🔥 🔥 🔥 🔥 🔥 🔥 🔥',
      'ha ha ha ha ha',
      '1 1 1 1',
      'a a a a a a a a',
    ])
      expect(stepsOf(text, words).word).toBeUndefined();
  });

  it('takes any text', () => {
    for (let round = 0; round < 500; round += 1) {
      const text = String.fromCharCode(
        ...Array.from({ length: random.between(0, 100) }, () => random.between(0, 0xffff)),
      );
      expect(() => stepsOf(text)).not.toThrow();
    }
  });
});
