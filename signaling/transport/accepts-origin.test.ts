import { describe, expect, it } from 'vitest';
import { createOriginCheck } from './accepts-origin.ts';

describe('origin check', () => {
  const accepts = createOriginCheck('https://souk.example');

  it.each([
    ['the public origin', { origin: 'https://souk.example' }],
    ['no origin, as programs have none', {}],
    ['the host that was asked', { origin: 'http://localhost:8080', host: 'localhost:8080' }],
    [
      'the host that the edge was asked for',
      { origin: 'https://192.0.2.7:8443', host: '127.0.0.1:3001', 'x-forwarded-host': '192.0.2.7:8443' },
    ],
  ])('accepts %s', (_name, headers) => {
    expect(accepts(headers)).toBe(true);
  });

  it.each([
    ['another origin', { origin: 'https://evil.example', host: 'localhost:8080' }],
    ['the public name as a part of another', { origin: 'https://souk.example.evil.example' }],
    ['another port', { origin: 'http://localhost:9090', host: 'localhost:8080' }],
    ['a sandboxed page', { origin: 'null', host: 'localhost:8080' }],
  ])('refuses %s', (_name, headers) => {
    expect(accepts(headers)).toBe(false);
  });
});
