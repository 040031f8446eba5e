/** Profiles whose parameter sets say more of colours and scaling before the size (ITU-T H.264, 7.3.2.1.1). */
const highProfiles = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128]);

/**
 * What of a sequence parameter set (base64) changes how pictures are decoded: everything before the hints on how they
 * are displayed. Browsers change those hints, such as the primaries of the colours, from one key frame to the next.
 * A set that cannot be read is its own shape.
 */
export function h264Shape(spsBase64: string): string {
  const bytes = withoutEmulation(Buffer.from(spsBase64, 'base64'));
  const profile = bytes.at(1);
  if (profile === undefined || bytes.length < 5) return spsBase64;
  const reader = createBitReader(bytes.subarray(4));
  try {
    const head = bytes.subarray(1, 4).toString('hex');
    return `${head}:${readFields(reader, profile).join('.')}`;
  } catch {
    return spsBase64;
  }
}

interface BitReader {
  bit(): number;
  /** An unsigned number in Exp-Golomb code; for telling sets apart, signed ones need no other reading. */
  number(): number;
}

function readFields({ bit, number }: BitReader, profile: number): number[] {
  const fields = [number()];
  if (highProfiles.has(profile)) {
    const chroma = number();
    fields.push(chroma, ...(chroma === 3 ? [bit()] : []), number(), number(), bit(), bit());
    if (fields.at(-1) === 1) throw new RangeError('scaling matrices');
  }
  fields.push(number());
  const orderType = number();
  fields.push(orderType);
  if (orderType === 0) fields.push(number());
  if (orderType === 1) {
    fields.push(bit(), number(), number());
    const count = number();
    for (let index = 0; index < count; index += 1) fields.push(number());
  }
  fields.push(number(), bit(), number(), number());
  const onlyFrames = bit();
  fields.push(onlyFrames, ...(onlyFrames === 0 ? [bit()] : []), bit());
  const isCropped = bit();
  return isCropped === 1 ? [...fields, number(), number(), number(), number()] : fields;
}

function createBitReader(bytes: Buffer): BitReader {
  let at = 0;
  const bit = (): number => {
    const value = (bytes.readUInt8(at >> 3) >> (7 - (at & 7))) & 1;
    at += 1;
    return value;
  };
  const number = (): number => {
    let zeros = 0;
    while (bit() === 0) zeros += 1;
    let value = 1;
    for (let index = 0; index < zeros; index += 1) value = value * 2 + bit();
    return value - 1;
  };
  return { bit, number };
}

/** Encoders put a 3 after two zero bytes, so that none of it looks like the start of a unit. */
function withoutEmulation(bytes: Buffer): Buffer {
  return Buffer.from(
    bytes.filter((byte, index) => !(byte === 3 && bytes[index - 1] === 0 && bytes[index - 2] === 0)),
  );
}
