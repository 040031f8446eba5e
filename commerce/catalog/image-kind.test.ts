import { describe, expect, it } from 'vitest';
import { jpegOf, pngOf, webpOf } from '../testing/test-images.ts';
import { findImageKind } from './image-kind.ts';

describe('the kind of an image', () => {
  it.each([
    ['a PNG', pngOf(640, 480), 'image/png'],
    ['a JPEG', jpegOf(640, 480), 'image/jpeg'],
    ['a lossy WebP', webpOf('VP8 ', 640, 480), 'image/webp'],
    ['a lossless WebP', webpOf('VP8L', 640, 480), 'image/webp'],
    ['an extended WebP', webpOf('VP8X', 640, 480), 'image/webp'],
  ])('is told by the bytes of %s, with its size', (_name, bytes, contentType) => {
    expect(findImageKind(bytes)).toEqual({ contentType, width: 640, height: 480 });
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>')],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>'.padEnd(60, ' '))],
    ['a GIF', Buffer.from('GIF89a'.padEnd(60, '\0'))],
    ['the first bytes of a PNG', pngOf(9, 9).subarray(0, 20)],
    ['a PNG without its head', Buffer.concat([pngOf(9, 9).subarray(0, 8), Buffer.alloc(60)])],
    [
      'a JPEG that goes in circles',
      Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xe0, 0, 0, 0, 0, 0, 0]),
    ],
    ['a JPEG of fill bytes', Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(100, 0xff)])],
    ['a RIFF that is no WebP', Buffer.from('RIFF....WAVEfmt '.padEnd(60, '\0'))],
  ])('is not found in %s', (_name, bytes) => {
    expect(findImageKind(bytes)).toBeUndefined();
  });
});
