import { expect, test } from 'vitest';
import { parseStartOptions } from './start-options.ts';

test('without options there is a demo show on port 8080, for this machine only', () => {
  expect(parseStartOptions([], {})).toEqual({ demo: 'show', https: false, port: 8080, host: '127.0.0.1' });
});

test('by TLS the origin is there for other devices', () => {
  expect(parseStartOptions(['--https', '--no-demo', '--port', '9000'], {})).toEqual({
    demo: 'shop',
    https: true,
    port: 9000,
    host: '0.0.0.0',
  });
});

test('production has no demo shop', () => {
  expect(parseStartOptions(['--demo'], { NODE_ENV: 'production' }).demo).toBe('none');
});

test('what is not known is refused with what is', () => {
  expect(() => parseStartOptions(['--htps'], {})).toThrow('An option is not known.');
  expect(() => parseStartOptions(['--port', 'many'], {})).toThrow('The port is not a port.');
});
