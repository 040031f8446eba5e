interface OfProduct {
  readonly productId: string;
}

/**
 * Pairs what happened with what was seen of it: both in order, each sighting with the next happening of its product.
 * What was not seen is passed over, as is what was seen before anything happened.
 */
export function pairInOrder<Happened extends OfProduct, Seen extends OfProduct>(
  happened: readonly Happened[],
  seen: readonly Seen[],
): [Happened, Seen][] {
  let next = 0;
  return seen.flatMap((sighting): [Happened, Seen][] => {
    const index = happened.findIndex(({ productId }, at) => at >= next && productId === sighting.productId);
    const match = happened[index];
    if (match === undefined) return [];
    next = index + 1;
    return [[match, sighting]];
  });
}
