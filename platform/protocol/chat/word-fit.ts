import type { Gap } from './read-letters.ts';
import type { Pattern, WordNode } from './word-tree.ts';

/** What stood between two letters, newest first. */
interface GapTrail {
  /** Runs of letters in front of it. */
  readonly depth: number;
  readonly kind: Exclude<Gap, 'none'>;
  readonly former: GapTrail | undefined;
}

/** Counts of the runs before the last one, newest first. */
interface CountTrail {
  readonly count: number;
  readonly former: CountTrail | undefined;
}

/** A way through a text along the tree of words, as far as it has come. */
export interface Trail {
  readonly node: WordNode;
  /** Of the letter that was read last. */
  readonly index: number;
  /** How often the letter of this node has come in a row. */
  readonly count: number;
  readonly former: CountTrail | undefined;
  readonly gaps: GapTrail | undefined;
  /** True when something was read that can hardly be anything but a letter. */
  readonly isSolid: boolean;
  /** True when a word may end here. */
  readonly isEnd: boolean;
}

/** True when what was read is that word, as far as repeated letters and gaps are concerned. */
export function fits(pattern: Pattern, trail: Trail): boolean {
  return trail.isSolid && hasCounts(pattern, trail) && isOneWord(pattern, trail);
}

function hasCounts({ counts }: Pattern, trail: Trail): boolean {
  let run: CountTrail | undefined = trail;
  for (let index = counts.length - 1; index >= 0; index -= 1) {
    if ((run?.count ?? 0) < (counts[index] ?? 0)) return false;
    run = run?.former;
  }
  return true;
}

/**
 * Spaces may part the word into pieces of one or two letters, or cut off a single one: `s c a m`, `sc am` and `s cam`
 * are the word, the innocent `pen is` is not. Other signs may stand anywhere; an apostrophe makes `he'll` another word.
 */
function isOneWord({ breaks }: Pattern, { node, gaps }: Trail): boolean {
  if (gaps === undefined) return true;
  if (gaps.former === undefined && gaps.kind === 'contraction') return breaks.has(gaps.depth);
  let right = node.depth;
  let pieceOnTheRight: number | undefined;
  for (let gap: GapTrail | undefined = gaps; gap !== undefined; gap = gap.former) {
    if (gap.kind !== 'space') continue;
    const piece = Math.max(1, right - gap.depth);
    if (pieceOnTheRight !== undefined && !mayBeParted(piece, pieceOnTheRight)) return false;
    // Where the word has a space of its own, nothing is torn.
    pieceOnTheRight = breaks.has(gap.depth) ? undefined : piece;
    right = gap.depth;
  }
  return pieceOnTheRight === undefined || mayBeParted(Math.max(1, right), pieceOnTheRight);
}

function mayBeParted(left: number, right: number): boolean {
  return Math.min(left, right) === 1 || Math.max(left, right) <= 2;
}
