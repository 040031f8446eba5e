/** One Ed25519 signature to check: bytes as they are. */
export interface SignatureTask {
  /** 32 bytes. */
  readonly key: Uint8Array;
  readonly signed: Uint8Array;
  /** 64 bytes. */
  readonly signature: Uint8Array;
}

const KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;
const LENGTH_BYTES = 4;
const HEAD_BYTES = LENGTH_BYTES + KEY_BYTES + SIGNATURE_BYTES;

/** Packs tasks for signature-worker.mjs: of each the length of what was signed (32 bits, little-endian), key, signature, what was signed. */
export function packTasks(tasks: readonly SignatureTask[]): Uint8Array {
  const size = tasks.reduce((sum, { signed }) => sum + HEAD_BYTES + signed.length, 0);
  // Memory of its own, since it is handed over whole.
  const bytes = new Uint8Array(new ArrayBuffer(size));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const { key, signed, signature } of tasks) {
    view.setUint32(at, signed.length, true);
    bytes.set(key, at + LENGTH_BYTES);
    bytes.set(signature, at + LENGTH_BYTES + KEY_BYTES);
    bytes.set(signed, at + HEAD_BYTES);
    at += HEAD_BYTES + signed.length;
  }
  return bytes;
}
