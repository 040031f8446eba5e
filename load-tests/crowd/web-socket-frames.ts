import { randomBytes } from 'node:crypto';

/** A message of text: the bytes from `start` to `end` of a buffer that is only good during the call. */
export type OnText = (buffer: Buffer, start: number, end: number) => void;

export interface FrameListener {
  readonly onText: OnText;
  onPing(payload: Buffer): void;
  onClose(): void;
}

const opcodes = { text: 0x1, close: 0x8, ping: 0x9, pong: 0xa } as const;
const FINAL = 0x80;
const MASKED = 0x80;

/** Reads what a server sends over a WebSocket (RFC 6455, 5.2): whole, unmasked, uncompressed messages. */
export class FrameReader {
  readonly #listener: FrameListener;
  #rest: Buffer | undefined;

  constructor(listener: FrameListener) {
    this.#listener = listener;
  }

  /** Takes the next bytes of the connection. Throws on what no server of this bench sends. */
  read(chunk: Buffer): void {
    const bytes = this.#rest === undefined ? chunk : Buffer.concat([this.#rest, chunk]);
    let offset = 0;
    for (let used = this.#readOne(bytes, offset); used > 0; used = this.#readOne(bytes, offset))
      offset += used;
    // A copy: the caller uses its buffer again.
    this.#rest = offset === bytes.length ? undefined : Buffer.from(bytes.subarray(offset));
  }

  /** The length of the frame that begins at `offset`; 0 when it is not all there yet. */
  #readOne(bytes: Buffer, offset: number): number {
    const available = bytes.length - offset;
    if (available < 2) return 0;
    const first = bytes[offset] ?? 0;
    const marked = bytes[offset + 1] ?? 0;
    const headLength = marked === 126 ? 4 : marked === 127 ? 10 : 2;
    if (available < headLength) return 0;
    const length = readLength(bytes, offset, marked);
    if (available < headLength + length) return 0;
    const start = offset + headLength;
    this.#tell(first, bytes, start, start + length);
    return headLength + length;
  }

  #tell(first: number, bytes: Buffer, start: number, end: number): void {
    switch (first) {
      case FINAL | opcodes.text:
        this.#listener.onText(bytes, start, end);
        return;
      case FINAL | opcodes.ping:
        this.#listener.onPing(Buffer.from(bytes.subarray(start, end)));
        return;
      case FINAL | opcodes.close:
        this.#listener.onClose();
        return;
      case FINAL | opcodes.pong:
        return;
      default:
        throw new Error(`a frame began with the byte ${first}`);
    }
  }
}

function readLength(bytes: Buffer, offset: number, marked: number): number {
  if (marked === 126) return bytes.readUInt16BE(offset + 2);
  if (marked === 127) return Number(bytes.readBigUInt64BE(offset + 2));
  return marked;
}

export interface RawFrame {
  readonly opcode: number;
  readonly payload: Buffer;
  readonly isFinal?: boolean;
  readonly isMasked?: boolean;
  /** Reserved bits, 0 to 7: no extension is agreed on, so any of them is a fault. */
  readonly reserved?: number;
}

/** Any frame, also one that breaks the protocol. */
export function encodeFrame({
  opcode,
  payload,
  isFinal = true,
  isMasked = true,
  reserved = 0,
}: RawFrame): Buffer {
  const first = (isFinal ? FINAL : 0) | (reserved << 4) | opcode;
  const mark = isMasked ? MASKED : 0;
  const { length } = payload;
  const head =
    length < 126
      ? Buffer.from([first, mark | length])
      : length < 65_536
        ? Buffer.from([first, mark | 126, length >> 8, length & 0xff])
        : longHead(first, mark, length);
  if (!isMasked) return Buffer.concat([head, payload]);
  const mask = randomBytes(4);
  const masked = Buffer.from(payload);
  for (let index = 0; index < length; index += 1)
    masked[index] = (masked[index] ?? 0) ^ (mask[index & 3] ?? 0);
  return Buffer.concat([head, mask, masked]);
}

function longHead(first: number, mark: number, length: number): Buffer {
  const head = Buffer.alloc(10);
  head[0] = first;
  head[1] = mark | 127;
  head.writeBigUInt64BE(BigInt(length), 2);
  return head;
}

export const encodeText = (text: string): Buffer =>
  encodeFrame({ opcode: opcodes.text, payload: Buffer.from(text) });
export const encodePong = (payload: Buffer): Buffer => encodeFrame({ opcode: opcodes.pong, payload });
