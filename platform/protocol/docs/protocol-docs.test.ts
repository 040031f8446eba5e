import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  cutReasons,
  cutSchema,
  frameSchema,
  joinAnswerSchema,
  removalReasons,
  removedSchema,
  resyncReasons,
} from '../commands/frames.ts';
import { hubCommands } from '../commands/hub-commands.ts';
import { errorBodySchema, errorTable } from '../error-codes.ts';
import { createId, showIdSchema, userIdSchema } from '../ids.ts';
import { parseEntry } from '../timeline/entries.ts';
import { examples } from './examples.ts';
import { protocolDocsUrl } from './protocol-docs-url.ts';
import { renderProtocol } from './render-protocol.ts';
import { renderType } from './render-type.ts';

describe('docs/protocol.md', () => {
  it('is what the tables say (else run: npx tsx platform/protocol/docs/generate-protocol-docs.ts)', () => {
    expect(readFileSync(protocolDocsUrl, 'utf8')).toBe(renderProtocol());
  });
});

describe('an example in the docs', () => {
  it('is what the servers take and send', () => {
    const { join, rejoin, send, sent, frame, joined, rejoined, tooSoon, overloaded, removed, cut } = examples;
    for (const payload of [join, rejoin])
      expect(hubCommands['show:join'].payload.parse(payload)).toEqual(payload);
    expect(hubCommands['chat:send'].payload.parse(send)).toMatchObject(send);
    expect(hubCommands['chat:send'].response.parse(sent)).toEqual(sent);
    for (const answer of [joined, rejoined]) expect(joinAnswerSchema.parse(answer)).toEqual(answer);
    expect(frameSchema.parse(frame)).toEqual(frame);
    for (const error of [tooSoon, overloaded]) {
      expect(errorBodySchema.parse(error)).toEqual(error);
      expect(error).toMatchObject(pick(errorTable[error.code]));
    }
    expect(removedSchema.parse(removed)).toEqual(removed);
    expect(cutSchema.parse(cut)).toEqual(cut);
    for (const entry of [...frame.entries, ...(rejoined.kind === 'missed' ? rejoined.entries : [])])
      expect(parseEntry(entry)).toEqual(entry);
  });

  it('stands in the page as JSON that can be read', () => {
    const lines = renderProtocol().split('\n');
    const packets = lines.filter((line) => /^(?:<-|->) \d/.test(line)).map((line) => line.slice(3));
    expect(packets.length).toBeGreaterThan(10);
    for (const packet of packets) {
      const [json] = /[[{].*$/.exec(packet) ?? [];
      if (json !== undefined)
        expect(() => JSON.parse(json.replaceAll('"state":…', '"state":null'))).not.toThrow();
    }
  });

  it('leaves no event and no reason out', () => {
    const page = renderProtocol();
    for (const reason of [...cutReasons, ...removalReasons, ...resyncReasons])
      expect(page).toContain(`\`${reason}\``);
  });
});

const pick = ({ message, retryable }: { message: string; retryable: boolean }) => ({ message, retryable });

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
