import { generateKeyPairSync, sign } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import type { SignatureTask } from './signature-batch.ts';
import { createSignatureChecker } from './signature-checker.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const { x } = publicKey.export({ format: 'jwk' });
const key = Buffer.from(x ?? '', 'base64url');
const taskOf = (text: string, isForged = false): SignatureTask => {
  const signature = sign(null, Buffer.from(text), privateKey);
  return { key, signed: Buffer.from(isForged ? `${text}!` : text), signature };
};
/** Of all lengths, forged at every third place. */
const crowd = Array.from({ length: 300 }, (_, index) => taskOf('token '.repeat(index), index % 3 === 0));
const right = crowd.map((_, index) => index % 3 !== 0);

describe('the signature checker', () => {
  it('tells right from forged, one by one and in a rush on another thread', async () => {
    let threads = 0;
    const startThread = () => {
      threads += 1;
      return new Worker(new URL('./signature-worker.mjs', import.meta.url));
    };
    const check = createSignatureChecker({ startThread });
    expect(check(taskOf('one'))).toBe(true);
    expect(check(taskOf('one', true))).toBe(false);
    expect(threads).toBe(0);
    expect(await Promise.all(crowd.map(check))).toEqual(right);
    expect(await Promise.all(crowd.map(check))).toEqual(right);
    expect(threads).toBe(1);
  });

  it('refuses a signature of another length', () => {
    const check = createSignatureChecker({ startThread: null });
    const short = { ...taskOf('one'), signature: Buffer.alloc(63) };
    expect(check(short)).toBe(false);
  });

  it('checks by itself when the other thread fails', async () => {
    const startThread = () => new Worker('throw new Error("no thread today")', { eval: true });
    const check = createSignatureChecker({ startThread });
    expect(await Promise.all(crowd.map(check))).toEqual(right);
  });

  it('does without another thread where there is one core', async () => {
    const check = createSignatureChecker({ startThread: null });
    expect(await Promise.all(crowd.map(check))).toEqual(right);
  });
});
