import { type Gap, type Letter, readLetters } from './read-letters.ts';
import { createSignReader } from './sign-reading.ts';
import { fits, type Trail } from './word-fit.ts';
import { createWordTree, findChild, type WordNode } from './word-tree.ts';

export interface WordMatcher {
  /** The first blocked word that the text has, as it was given; undefined when it has none. */
  findWord(text: string): string | undefined;
}

/**
 * Compiles blocked words. They are found in spite of capitals, accents, look-alike letters (also digits and signs),
 * unseen signs, repeated letters, and signs or spaces between the letters; but only as whole words: `ass` is not in
 * `class`. Pure; takes time in proportion to the length of the text.
 */
export function createWordMatcher(words: readonly string[]): WordMatcher {
  const readSign = createSignReader();
  const root = createWordTree(words, readSign);
  return { findWord: (text) => searchWords(root, readLetters(text, readSign)).word };
}

/** A text that takes more steps is made to be hard to read: it counts as having the word. Others take one or two. */
const STEPS_PER_LETTER = 50;
const STEPS_AT_LEAST = 500;

/** Looks for the words of a tree, and says how many steps it took. */
export function searchWords(
  root: WordNode,
  letters: readonly Letter[],
): { readonly word: string | undefined; readonly steps: number } {
  const maxSteps = STEPS_AT_LEAST + STEPS_PER_LETTER * letters.length;
  const open: Trail[] = [];
  let steps = 0;
  for (let start = 0; start < letters.length; start += 1) {
    if (!beginsAt(letters, start) || isCovered(letters, start)) continue;
    enter(open, root, letters, start, undefined);
    for (let trail = open.pop(); trail !== undefined; trail = open.pop()) {
      steps += 1;
      if (steps > maxSteps) return { word: trail.node.sample, steps };
      if (trail.isEnd) {
        const found = trail.node.patterns.find((pattern) => fits(pattern, trail));
        if (found !== undefined) return { word: found.word, steps };
      }
      goOn(open, trail, letters);
    }
  }
  return { word: undefined, steps };
}

function beginsAt(letters: readonly Letter[], index: number): boolean {
  const [before, letter] = [letters[index - 1], letters[index]];
  if (before === undefined || letter === undefined) return true;
  return letter.gap !== 'none' || before.isOptional || before.isIsland || letter.isIsland;
}

function endsAt(letters: readonly Letter[], index: number): boolean {
  return letters[index + 1]?.isOptional === true || beginsAt(letters, index + 1);
}

/** In `a a a b`, whatever begins with a later `a` begins with the first one too. */
function isCovered(letters: readonly Letter[], index: number): boolean {
  const [before, letter] = [letters[index - 1], letters[index]];
  if (before === undefined || letter === undefined) return false;
  return before.letters === letter.letters && letter.gap !== 'none' && beginsAt(letters, index - 1);
}

/** Reads the letter at `index` as the beginning of each child that it may be. */
function enter(open: Trail[], node: WordNode, letters: readonly Letter[], index: number, from?: Trail): void {
  const letter = letters[index];
  if (letter === undefined) return;
  for (const code of letter.letters) {
    const child = findChild(node, code);
    if (child === undefined) continue;
    const isEnd = child.patterns.length > 0 && endsAt(letters, index);
    const isSolid = from?.isSolid === true || isMeant(letter, code);
    open.push({ node: child, index, count: letter.count, former: from, gaps: from?.gaps, isSolid, isEnd });
  }
}

function goOn(open: Trail[], trail: Trail, letters: readonly Letter[]): void {
  const { node, index, count, former, isSolid } = trail;
  const next = letters[index + 1];
  if (next === undefined) return;
  const gaps = addGap(trail, next.gap);
  // The same letter once more, the next letter of a word, or nothing at all.
  const isSame = next.letters.includes(node.letter);
  const there = gaps === trail.gaps ? trail : { ...trail, gaps, isEnd: false };
  if (isSame) {
    const isEnd = node.patterns.length > 0 && endsAt(letters, index + 1);
    const isNowSolid = isSolid || isMeant(next, node.letter);
    open.push({
      node,
      index: index + 1,
      count: count + next.count,
      former,
      gaps,
      isSolid: isNowSolid,
      isEnd,
    });
  }
  enter(open, node, letters, index + 1, there);
  if (next.isOptional && !isSame)
    open.push({ ...there, index: index + 1, gaps: addGap(there, 'mark'), isEnd: false });
}

/** False where a sign or a digit only may be that letter. */
function isMeant({ kind, letters }: Letter, code: number): boolean {
  return kind === 'letter' || kind === 'doubtful' || (kind === 'digit' && code === letters[0]);
}

function addGap({ node, gaps }: Trail, kind: Gap): Trail['gaps'] {
  return kind === 'none' ? gaps : { depth: node.depth, kind, former: gaps };
}
