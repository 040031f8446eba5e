import { AppError } from '@souk/runtime/app-error';

/** What can be asked of the sandbox to go wrong. The operations fail; the others look well and are not. */
export const sandboxFaultWords = {
  create: 'A payment cannot be made.',
  cancel: 'A payment cannot be called off.',
  refund: 'A refund cannot be made.',
  retrieve: 'A payment cannot be looked at.',
  list: 'The payments cannot be listed.',
  webhook: 'Webhooks cannot be delivered for now.',
  'too-fast': 'Payments are asked for faster than allowed.',
  'webhook-lost': 'Webhooks are never delivered.',
  'double-charge': 'The buyer is charged twice.',
  'late-charge': 'A payment that was called off is charged all the same.',
  'false-success': 'A payment is reported as charged, and is not.',
  'wrong-amount': 'Another amount is charged.',
  'refund-lost': 'A refund is reported as made, and is not.',
} as const;
export type SandboxFault = keyof typeof sandboxFaultWords;

/** What goes wrong at present. Whoever holds the set may change it at any time. */
export type SandboxFaults = Set<SandboxFault>;

const isFault = (word: string): word is SandboxFault => Object.hasOwn(sandboxFaultWords, word);

/** Throws RangeError for a word that is not in the table. */
export function createSandboxFaults(words: readonly string[]): SandboxFaults {
  return new Set(
    words.map((word) => {
      if (!isFault(word)) throw new RangeError(`SANDBOX_FAIL: there is no fault ${word}`);
      return word;
    }),
  );
}

/** Throws AppError PAYMENT_UNAVAILABLE when this was asked to fail. */
export function assertFaultFree(faults: SandboxFaults, operation: SandboxFault): void {
  if (faults.has(operation))
    throw new AppError('PAYMENT_UNAVAILABLE', { detail: `sandbox: ${operation} fails on request` });
}
