import { describe, expect, it } from 'vitest';
import { encodeFrame, FrameReader } from './web-socket-frames.ts';

const TEXT = 1;
const short = ['', 'short', 'x'.repeat(125), 'y'.repeat(126), 'last'];
const long = [...short, 'z'.repeat(70_000), 'after it'];

function createReader() {
  const heard: string[] = [];
  const reader = new FrameReader({
    onText: (buffer, start, end) => heard.push(buffer.toString('utf8', start, end)),
    onPing: () => heard.push('ping'),
    onClose: () => heard.push('close'),
  });
  return { heard, reader };
}

describe('frame reader', () => {
  it.each([
    [1, short],
    [2, short],
    [7, short],
    [1_000, long],
    [100_000, long],
  ])('reads messages that come in pieces of %i bytes', (size, texts) => {
    const { heard, reader } = createReader();
    const bytes = Buffer.concat(
      texts.map((text) => encodeFrame({ opcode: TEXT, payload: Buffer.from(text), isMasked: false })),
    );
    // As on a connection: the same buffer holds one piece after the other.
    const shared = Buffer.alloc(size);
    for (let offset = 0; offset < bytes.length; offset += size) {
      const length = bytes.copy(shared, 0, offset, offset + size);
      reader.read(shared.subarray(0, length));
    }
    expect(heard).toEqual(texts);
  });

  it('tells of pings and of the end, and refuses what no server of the bench sends', () => {
    const { heard, reader } = createReader();
    for (const opcode of [9, 10, 8])
      reader.read(encodeFrame({ opcode, payload: Buffer.alloc(2), isMasked: false }));
    expect(heard).toEqual(['ping', 'close']);
    expect(() =>
      reader.read(encodeFrame({ opcode: 2, payload: Buffer.alloc(1), isMasked: false })),
    ).toThrow();
  });
});
