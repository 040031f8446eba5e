import { createId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import { emptyShowState } from '@souk/protocol/timeline/state';
import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import { Ledger } from './ledger.ts';

const userId = createId('guest');
const entries = Array.from({ length: 5 }, (_, index) => ({
  id: `${1_000 + index}-0`,
  ...createEntry('chat:sent', index, {
    messageId: createId('message'),
    userId,
    name: 'Ann',
    role: 'guest',
    text: `number ${index}`,
  }),
}));
const expected = entries.map(({ id }) => id);

/** One viewer who began with the empty state and heard the entries at these places. */
function judgeOne(heard: readonly number[], ids: readonly string[] = expected) {
  const ledger = new Ledger();
  const base = ledger.noteState(emptyShowState);
  const places = entries.map((entry) => ledger.note(entry));
  const viewer = { base, heard: heard.map((place) => places[place] ?? -1) };
  return judge([viewer], ledger, { expected: ids, fold: true });
}

const sound = { lost: 0, duplicated: 0, disordered: 0, unknown: 0 };

describe('judge', () => {
  it('finds nothing in a viewer who heard everything once and in order', () => {
    expect(judgeOne([0, 1, 2, 3, 4])).toMatchObject(sound);
  });

  it.each([
    ['a lost entry', [0, 1, 3, 4], { ...sound, lost: 1 }],
    ['a lost last entry', [0, 1, 2, 3], { ...sound, lost: 1 }],
    ['an entry that came twice', [0, 1, 1, 2, 3, 4], { ...sound, duplicated: 1 }],
    ['an entry that came late', [0, 2, 1, 3, 4], { ...sound, disordered: 1 }],
    ['nothing at all', [], { ...sound, lost: 5 }],
  ])('finds %s', (_name, heard, faults) => {
    expect(judgeOne(heard)).toMatchObject(faults);
  });

  it('finds an entry that the timeline does not hold', () => {
    expect(judgeOne([0, 1, 2, 3, 4], expected.slice(0, 4))).toMatchObject({ ...sound, unknown: 1 });
  });

  it('tells states apart', () => {
    expect(Object.keys(judgeOne([0, 1, 2, 3, 4]).states)).not.toEqual(
      Object.keys(judgeOne([0, 1, 3, 4]).states),
    );
  });

  it('counts from the state with which a viewer began, and takes what that holds already for a repeat', () => {
    const ledger = new Ledger();
    const base = ledger.noteState({ ...emptyShowState, lastId: expected[2] ?? '' });
    const places = entries.map((entry) => ledger.note(entry));
    const verdict = judge([{ base, heard: places.slice(2) }], ledger, { expected, fold: false });
    expect(verdict).toMatchObject({ ...sound, duplicated: 1 });
  });
});
