// A thread of its own, in plain JavaScript because threads start without the loader of TypeScript. Takes tasks as
// signature-batch.ts packs them, and gives back a byte for each, 1 where the signature is right.
import { parentPort } from 'node:worker_threads';
import sodium from 'sodium-native';

const LENGTH_BYTES = 4;
const KEY_END = LENGTH_BYTES + 32;
const HEAD_BYTES = KEY_END + 64;

parentPort?.on('message', (batch) => {
  const view = new DataView(batch.buffer, batch.byteOffset, batch.byteLength);
  const verdicts = [];
  for (let at = 0; at < batch.length; ) {
    const end = at + HEAD_BYTES + view.getUint32(at, true);
    const key = batch.subarray(at + LENGTH_BYTES, at + KEY_END);
    const signature = batch.subarray(at + KEY_END, at + HEAD_BYTES);
    const signed = batch.subarray(at + HEAD_BYTES, end);
    verdicts.push(sodium.crypto_sign_verify_detached(signature, signed, key) ? 1 : 0);
    at = end;
  }
  parentPort?.postMessage(Uint8Array.from(verdicts));
});
