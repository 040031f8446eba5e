import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError, isExpected, toErrorBody } from './app-error.ts';

describe('toErrorBody', () => {
  it('sends an unknown error as INTERNAL, without its message', () => {
    const body = toErrorBody(new Error('password=hunter2'));
    expect(body).toEqual({ code: 'INTERNAL', message: 'Something went wrong on our side.', retryable: true });
  });

  it('names the fields that a schema complains of', () => {
    const { error } = z.strictObject({ units: z.int() }).safeParse({ units: 1.5 });
    expect(toErrorBody(error)).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'units' }] });
  });

  it('keeps the detail for the log', () => {
    const error = new AppError('FORBIDDEN', { detail: 'asked by usr_1' });
    expect(error.message).toContain('usr_1');
    expect(JSON.stringify(toErrorBody(error))).not.toContain('usr_1');
  });

  it('rounds the advice up to whole milliseconds', () => {
    expect(toErrorBody(new AppError('RATE_LIMITED', { retryAfterMs: 1.2 })).retryAfterMs).toBe(2);
  });
});

describe('isExpected', () => {
  it("tells callers' mistakes from our faults", () => {
    expect(isExpected(new AppError('SOLD_OUT'))).toBe(true);
    expect(isExpected(new TypeError('x'))).toBe(false);
  });
});
