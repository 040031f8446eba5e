import { expect, test } from 'vitest';
import { createProgressLine } from './progress.ts';

function createSink(isTTY: boolean) {
  let text = '';
  return {
    isTTY,
    columns: 80,
    write: (part: string) => {
      text += part;
    },
    read: () => text,
  };
}

test('a terminal sees one line that says how far the step is', () => {
  const out = createSink(true);
  const line = createProgressLine('compiling', out);
  line.update('12 of 24 sources', 0.5);
  line.succeed();
  expect(out.read()).toContain('compiling … 12 of 24 sources 50 %');
  expect(out.read().trimEnd()).toMatch(/✓ compiling \(0 s\)$/);
});

test('a log file sees whole lines without control characters', () => {
  const out = createSink(false);
  const line = createProgressLine('compiling', out);
  line.update('half', 0.5);
  line.say('g++: compiler');
  line.fail();
  expect(out.read()).toBe('• compiling …\n  g++: compiler\n✗ compiling (after 0 s)\n');
});
