import { AppError } from '@souk/runtime/app-error';
import { describe, expect, it } from 'vitest';
import { explainOutage } from './explain-outage.ts';

const withCode = (code: string): Error => Object.assign(new Error('x'), { code });

describe('an outage', () => {
  it.each([
    ['a database that starts up', new Error('Failed query', { cause: withCode('57P03') })],
    ['a statement that waited for too long', new Error('Failed query', { cause: withCode('57014') })],
    ['a refused connection', withCode('ECONNREFUSED')],
    ['a lost connection', new Error('Connection terminated unexpectedly')],
    [
      'a connection that broke inside a transaction',
      new Error('Failed query: rollback', {
        cause: new Error('Client has encountered a connection error and is not queryable'),
      }),
    ],
    ['a Redis that does not answer', new Error('Reached the max retries per request limit (which is 3).')],
  ])('is %s', (_name, error) => {
    expect(explainOutage(error)).toMatchObject({ code: 'UNAVAILABLE', cause: error });
  });

  it('is not a fault of our own, nor a refusal', () => {
    const fault = new Error('Failed query', { cause: withCode('42703') });
    const refusal = new AppError('SOLD_OUT', { cause: withCode('ECONNRESET') });
    expect(explainOutage(fault)).toBe(fault);
    expect(explainOutage(refusal)).toBe(refusal);
  });
});
