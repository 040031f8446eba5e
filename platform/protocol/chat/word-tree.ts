import { readLetters } from './read-letters.ts';
import type { ReadSign } from './sign-reading.ts';

/** A blocked word as it is compared: runs of letters, so that `baaad` can be told from `bad`. */
export interface Pattern {
  /** As people wrote it. */
  readonly word: string;
  /** How often each letter comes in a row, at least. */
  readonly counts: readonly number[];
  /** Number of runs in front of each gap that the word has itself: `buy now` has one after 3. */
  readonly breaks: ReadonlySet<number>;
}

/** A beginning that some words share; one level per run of the same letter. */
export interface WordNode {
  /** The run's letter, a code point. */
  readonly letter: number;
  readonly depth: number;
  /** Mostly one or none: a list is smaller than a map, and a hub keeps the trees of many shows. */
  readonly children: readonly WordNode[];
  /** The words that end here. */
  readonly patterns: readonly Pattern[];
  /** One of the words that go through here. */
  readonly sample: string;
}

/** Puts words into one tree. What has no letters is left out. */
export function createWordTree(words: readonly string[], readSign: ReadSign): WordNode {
  const root = createNode(0, 0, '');
  for (const word of words) addWord(root, word, readSign);
  return root;
}

/** A node that still grows. */
interface GrowingNode extends WordNode {
  children: readonly GrowingNode[];
  patterns: readonly Pattern[];
}

const nothing: readonly never[] = [];

function addWord(root: GrowingNode, word: string, readSign: ReadSign): void {
  const counts: number[] = [];
  const breaks = new Set<number>();
  let node = root;
  for (const { letters, count, gap } of readLetters(word, readSign)) {
    if (gap !== 'none' && counts.length > 0) breaks.add(counts.length);
    const [letter] = letters;
    if (node !== root && node.letter === letter) {
      counts[counts.length - 1] = (counts.at(-1) ?? 0) + count;
      continue;
    }
    node = findChild(node, letter) ?? addChild(node, createNode(letter, node.depth + 1, word));
    counts.push(count);
  }
  if (node !== root) node.patterns = [...node.patterns, { word, counts, breaks }];
}

function createNode(letter: number, depth: number, sample: string): GrowingNode {
  return { letter, depth, children: nothing, patterns: nothing, sample };
}

function addChild(node: GrowingNode, child: GrowingNode): GrowingNode {
  node.children = [...node.children, child];
  return child;
}

/** The child of that letter, if some word goes on with it. */
export function findChild<Node extends { readonly letter: number }>(
  { children }: { readonly children: readonly Node[] },
  letter: number,
): Node | undefined {
  for (const child of children) if (child.letter === letter) return child;
  return undefined;
}
