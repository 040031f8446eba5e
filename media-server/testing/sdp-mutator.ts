import { createRandom } from '@souk/protocol/testing/random';

const strangeValues = [
  '',
  '0',
  '-1',
  '99999999999999999999',
  '*',
  '%00',
  '\u0000',
  '\ud800',
  '\u202e',
  'a=b;c=d',
  '__proto__',
];

/** Makes faulty SDP of good one: the same of the same seed. */
export function createSdpMutator(seed: number): (sdp: string) => string {
  const random = createRandom(seed).next;
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[below(items.length)];
  const strange = (): string => pick(strangeValues) ?? '';

  const changes: readonly ((lines: string[], at: number) => void)[] = [
    (lines, at) => void lines.splice(at, 1),
    (lines, at) => void lines.splice(at, 0, lines[at] ?? ''),
    (lines, at) => void lines.splice(at, 0, lines[below(lines.length)] ?? ''),
    (lines, at) => void lines.splice(at, 1, lines[below(lines.length)] ?? ''),
    (lines, at) => void lines.splice(at, 1, (lines[at] ?? '').replace(/:.*/, `:${strange()}`)),
    (lines, at) => void lines.splice(at, 1, (lines[at] ?? '').replace(/\d+/, strange())),
    (lines, at) => void lines.splice(at, 1, (lines[at] ?? '').slice(0, below(20))),
    (lines, at) => void lines.splice(at, 1, `${lines[at]}${strange()}`),
    (lines, at) => void lines.splice(at, 1, `${lines[at]}\ra=ice-lite`),
    (lines, at) => void lines.splice(at, 1, `${lines[at]}${'x'.repeat(below(4_000))}`),
    (lines, at) => void lines.splice(at, 0, ...Array<string>(below(40)).fill(lines[at] ?? '')),
    (lines) => void lines.reverse(),
  ];
  return (sdp) => {
    const lines = sdp.split('\r\n').slice(0, -1);
    for (let left = 1 + below(3); left > 0; left -= 1) pick(changes)?.(lines, below(lines.length));
    return `${lines.join('\r\n')}\r\n`;
  };
}
