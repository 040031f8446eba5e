import { createId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { describe, expect, it } from 'vitest';
import { movedPicture, type PictureItem, sortFiles } from './picture-items.ts';

const file = (type: string, bytes = 10) => new File([new Uint8Array(bytes)], 'a', { type });
const kept = (key: string): PictureItem => ({ kind: 'kept', key, url: '', id: createId('picture') });
const keys = (items: readonly PictureItem[]) => items.map(({ key }) => key).join('');

describe('files that are chosen as pictures', () => {
  it('are taken when kind, size and number fit', () => {
    const files = [file('image/png'), file('image/webp')];
    expect(sortFiles(files, 0)).toEqual({ taken: files, faults: new Set() });
  });

  it('are left out with a word on why', () => {
    const good = file('image/jpeg');
    const files = [file('image/gif'), file('image/png', limits.pictureBytes + 1), good, file('image/png')];
    expect(sortFiles(files, limits.picturesPerProduct - 1)).toEqual({
      taken: [good],
      faults: new Set(['kind', 'size', 'count']),
    });
  });
});

describe('the order of pictures', () => {
  const items = ['a', 'b', 'c'].map(kept);

  it('changes by one place at a time, and not beyond its ends', () => {
    expect(keys(movedPicture(items, 1, -1))).toBe('bac');
    expect(keys(movedPicture(items, 1, 1))).toBe('acb');
    expect(keys(movedPicture(items, 0, -1))).toBe('abc');
    expect(keys(movedPicture(items, 2, 1))).toBe('abc');
  });
});
