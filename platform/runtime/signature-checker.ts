import os from 'node:os';
import { Worker } from 'node:worker_threads';
import sodium from 'sodium-native';
import { packTasks, SIGNATURE_BYTES, type SignatureTask } from './signature-batch.ts';

/** True where the signature is right. */
export type CheckSignature = (task: SignatureTask) => boolean | Promise<boolean>;

export interface SignatureCheckerOptions {
  /** Checks of one turn of the event loop that are made at once; those beyond go to another thread. */
  readonly atOnce?: number;
  /** The other thread; null: there is none. */
  readonly startThread?: (() => Worker) | null;
}

/** So few cost less here than waking another thread does. */
const AT_ONCE = 4;
/** Without work for this long the other thread ends. */
const IDLE_MS = 10_000;

/**
 * Checks Ed25519 signatures (RFC 8032) by libsodium, which takes half of the time that OpenSSL takes. In a rush, when one turn
 * of the event loop brings many, they go to another thread in one message: a new token is the largest part of what a
 * hold costs. That thread begins with a rush and ends some time after it; when it fails, the checks are made here.
 */
export function createSignatureChecker({
  atOnce = AT_ONCE,
  startThread = os.availableParallelism() > 1 ? startWorker : null,
}: SignatureCheckerOptions = {}): CheckSignature {
  const rush = startThread === null ? undefined : createRush(startThread);
  let madeThisTurn = 0;
  return (task) => {
    if (task.signature.length !== SIGNATURE_BYTES) return false;
    if (rush === undefined) return isRight(task);
    if (madeThisTurn === 0) setImmediate(() => (madeThisTurn = 0));
    madeThisTurn += 1;
    return madeThisTurn <= atOnce ? isRight(task) : rush(task);
  };
}

const isRight = ({ key, signed, signature }: SignatureTask): boolean =>
  sodium.crypto_sign_verify_detached(signature, signed, key);

function startWorker(): Worker {
  return new Worker(new URL('./signature-worker.mjs', import.meta.url), { name: 'signatures' });
}

interface Waiting {
  readonly task: SignatureTask;
  readonly resolve: (isRight: boolean) => void;
}

/** Collects the tasks of a turn and hands them over together; answers come back in the same order. */
function createRush(startThread: () => Worker): (task: SignatureTask) => Promise<boolean> {
  const sent: (readonly Waiting[])[] = [];
  let collected: Waiting[] = [];
  let thread: Worker | undefined;
  let hasFailed = false;
  let idle: NodeJS.Timeout | undefined;

  const end = (): void => {
    const ended = thread;
    thread = undefined;
    clearTimeout(idle);
    // What it has not answered is checked here.
    for (const { task, resolve } of sent.splice(0).flat()) resolve(isRight(task));
    void ended?.terminate();
  };
  const open = (): Worker => {
    const worker = startThread();
    worker.unref();
    worker.on('message', (verdicts: Uint8Array) => {
      for (const [index, { resolve }] of (sent.shift() ?? []).entries()) resolve(verdicts[index] === 1);
    });
    worker.on('error', (error) => {
      process.emitWarning(`signatures are checked on the main thread from now on: ${error.message}`);
      hasFailed = true;
      end();
    });
    return worker;
  };
  const send = (): void => {
    const batch = collected;
    collected = [];
    if (hasFailed) {
      for (const { task, resolve } of batch) resolve(isRight(task));
      return;
    }
    const bytes = packTasks(batch.map(({ task }) => task));
    sent.push(batch);
    thread ??= open();
    thread.postMessage(bytes, [bytes.buffer as ArrayBuffer]);
    clearTimeout(idle);
    idle = setTimeout(end, IDLE_MS).unref();
  };
  return (task) =>
    new Promise((resolve) => {
      if (collected.length === 0) setImmediate(send);
      collected.push({ task, resolve });
    });
}
