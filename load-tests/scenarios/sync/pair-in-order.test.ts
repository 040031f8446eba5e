import { describe, expect, it } from 'vitest';
import { pairInOrder } from './pair-in-order.ts';

const happened = ['a', 'b', 'c', 'a', 'b', 'c'].map((productId, at) => ({ productId, at }));
const see = (...productIds: string[]) => productIds.map((productId) => ({ productId }));
const pairedAt = (...productIds: string[]) =>
  pairInOrder(happened, see(...productIds)).map(([{ at }, { productId }]) => `${productId}${at}`);

describe('pairing pins with their sightings', () => {
  it('gives each sighting its own pin, also of a product that comes again', () => {
    expect(pairedAt('a', 'b', 'c', 'a', 'b', 'c')).toEqual(['a0', 'b1', 'c2', 'a3', 'b4', 'c5']);
  });

  it('passes over pins that were not seen', () => {
    expect(pairedAt('a', 'c', 'b')).toEqual(['a0', 'c2', 'b4']);
  });

  it('passes over what nobody pinned', () => {
    expect(pairedAt('x', 'b', 'c')).toEqual(['b1', 'c2']);
  });
});
