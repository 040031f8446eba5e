import { expect, it } from 'vitest';
import { z } from 'zod';
import { renderType } from './render-type.ts';

it('names what may be null, and never calls a known type any', () => {
  expect(renderType(z.strictObject({ coverUrl: z.string().nullable() }))).toBe('{ coverUrl: string | null }');
});
