import { createId } from '@souk/protocol/ids';
import { describe, expect, it } from 'vitest';
import { getJobSpec, jobNames, parseJobPayload } from './job-table.ts';

describe('job table', () => {
  it.each(jobNames)('gives %s at least one attempt and a bounded time', (name) => {
    const spec = getJobSpec(name);
    expect(spec.attempts).toBeGreaterThanOrEqual(1);
    expect(spec.timeoutMs).toBeGreaterThan(0);
    expect(spec.backoff.delayMs).toBeGreaterThan(0);
  });

  it('parses a payload that fits', () => {
    const payload = { saleId: createId('sale') };
    expect(parseJobPayload('sale-end', payload)).toEqual(payload);
  });

  it('refuses an id of another kind', () => {
    expect(() => parseJobPayload('sale-end', { saleId: createId('order') })).toThrow();
  });

  it('refuses fields that the table does not know', () => {
    expect(() => parseJobPayload('holds-sweep', { more: true })).toThrow();
  });
});
