import { describe, expect, it } from 'vitest';
import { RoomLevels } from './room-levels.ts';

describe('room levels', () => {
  it('tells what changed, and each value once', () => {
    const levels = new RoomLevels({ viewers: 3, unitsLeft: { a: 5 } });
    expect(levels.takeDue(0)).toBeUndefined();
    levels.hear({ viewers: 3, unitsLeft: { a: 4, b: 9 } });
    expect(levels.takeDue(0)).toEqual({ unitsLeft: { a: 4, b: 9 } });
    expect(levels.takeDue(1_000)).toBeUndefined();
    expect(levels.current).toMatchObject({ viewers: 3, unitsLeft: { a: 4, b: 9 } });
  });

  it('tells at most four times a second, the last value then', () => {
    const levels = new RoomLevels({});
    levels.hear({ viewers: 1 });
    expect(levels.takeDue(1_000)).toEqual({ viewers: 1 });
    levels.hear({ viewers: 2 });
    levels.hear({ viewers: 5 });
    expect(levels.takeDue(1_200)).toBeUndefined();
    expect(levels.takeDue(1_250)).toEqual({ viewers: 5 });
  });

  it('adds reactions up and does not keep them', () => {
    const levels = new RoomLevels({});
    levels.hear({ reactions: { '🔥': 2 } });
    levels.hear({ reactions: { '🔥': 1, '👏': 4 } });
    expect(levels.takeDue(0)).toEqual({ reactions: { '🔥': 3, '👏': 4 } });
    expect(levels.takeDue(1_000)).toBeUndefined();
    expect(levels.current.reactions).toBeUndefined();
  });
});
