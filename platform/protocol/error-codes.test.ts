import { describe, expect, it } from 'vitest';
import { errorTable } from './error-codes.ts';

describe('the table of errors', () => {
  it('has codes in capitals, HTTP errors and messages that are sentences', () => {
    for (const [code, { status, message }] of Object.entries(errorTable)) {
      expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
      expect(message).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('lets a caller try again after every fault of the server', () => {
    for (const { status, retryable } of Object.values(errorTable)) {
      if (status >= 500) expect(retryable).toBe(true);
    }
  });
});
