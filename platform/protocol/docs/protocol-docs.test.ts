import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createId, showIdSchema, userIdSchema } from '../ids.ts';
import { protocolDocsUrl } from './protocol-docs-url.ts';
import { renderProtocol } from './render-protocol.ts';
import { renderType } from './render-type.ts';

describe('docs/protocol.md', () => {
  it('is what the tables say (else run: npx tsx platform/protocol/docs/generate-protocol-docs.ts)', () => {
    expect(readFileSync(protocolDocsUrl, 'utf8')).toBe(renderProtocol());
  });
});

describe('a type in the docs', () => {
  it('names ids by their prefixes', () => {
    expect(renderType(showIdSchema)).toBe('shw_…');
    expect(renderType(userIdSchema)).toBe('usr_… | gst_…');
    expect(createId('show')).toMatch(/^shw_/);
  });

  it('marks what may be left out, and tells bounds', () => {
    const schema = z.strictObject({
      text: z.string().min(1).max(5),
      count: z.int().min(0).optional(),
      kinds: z.array(z.enum(['a', 'b'])).max(2),
      none: z.null(),
    });
    expect(renderType(schema)).toBe(
      [
        '{',
        '  text: string (1 to 5 characters)',
        '  count?: integer (at least 0)',
        '  kinds: ("a" | "b")[] (at most 2 items)',
        '  none: null',
        '}',
      ].join('\n'),
    );
  });

  it('writes choices, records and short objects on one line', () => {
    expect(renderType(z.union([z.strictObject({ a: z.boolean() }), z.literal('x')]))).toBe(
      '{ a: boolean } | "x"',
    );
    expect(renderType(z.record(z.string(), z.number()))).toBe('{ [name]: number }');
  });
});
