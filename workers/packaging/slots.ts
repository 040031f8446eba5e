/** The renditions of every show, best first. A stream with fewer layers fills each with the nearest that it has. */
export const slots = ['high', 'mid', 'low'] as const;
export type Slot = (typeof slots)[number];

/** Which of its own renditions a run shows in each slot, nearest first. */
const nearest: Readonly<Record<Slot, readonly Slot[]>> = {
  high: ['high', 'mid', 'low'],
  mid: ['mid', 'high', 'low'],
  low: ['low', 'mid', 'high'],
};

/** The rendition that stands in for a slot, of those that there are. */
export function findStandIn(slot: Slot, made: ReadonlySet<Slot>): Slot | undefined {
  return nearest[slot].find((candidate) => made.has(candidate));
}

/** The slots of simulcast layers, smallest layer first. */
export function slotsOfLayers(layers: number): readonly Slot[] {
  if (layers >= 3) return ['low', 'mid', 'high'];
  return layers === 2 ? ['low', 'high'] : ['high'];
}
