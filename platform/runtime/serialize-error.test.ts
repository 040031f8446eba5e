import { describe, expect, it } from 'vitest';
import { serializeError } from './serialize-error.ts';

describe('an error in the log', () => {
  it('carries kind, message, code, frames and causes', () => {
    const cause = Object.assign(new TypeError('inner'), { code: 'E_INNER' });
    const logged = serializeError(new Error('outer', { cause }));
    expect(logged).toMatchObject({
      type: 'Error',
      message: 'outer',
      cause: { type: 'TypeError', message: 'inner', code: 'E_INNER' },
    });
    expect(logged.stack).toContain('serialize-error.test.ts');
  });

  it('never carries the parameters of a query, or what else hangs on the error', () => {
    const failed = new Error('Failed query: insert into users values ($1)\nparams: secret-hash,\nmore');
    const error = Object.assign(
      new Error('wrapped', { cause: Object.assign(failed, { params: ['secret-hash'] }) }),
      {
        detail: 'Key (email)=(ada@example.org) exists',
      },
    );
    const text = JSON.stringify(serializeError(error));
    expect(text).toContain('insert into users');
    expect(text).not.toMatch(/secret-hash|ada@example|more/);
  });

  it('may be anything that was thrown', () => {
    expect(serializeError('just text')).toEqual({ type: 'string', message: 'just text' });
  });

  it('ends with a chain of causes that goes round', () => {
    const error = new Error('round');
    error.cause = error;
    expect(() => JSON.stringify(serializeError(error))).not.toThrow();
  });
});
