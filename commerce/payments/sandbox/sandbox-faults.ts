import { AppError } from '@souk/runtime/app-error';

export const sandboxOperations = ['create', 'cancel', 'refund', 'retrieve', 'webhook'] as const;
export type SandboxOperation = (typeof sandboxOperations)[number];

/** Operations that fail at present. Whoever holds the set may change it at any time. */
export type SandboxFaults = Set<SandboxOperation>;

/** Throws RangeError for a word that is no operation. */
export function createSandboxFaults(words: readonly string[]): SandboxFaults {
  return new Set(
    words.map((word) => {
      const operation = sandboxOperations.find((name) => name === word);
      if (operation === undefined) throw new RangeError(`SANDBOX_FAIL: there is no operation ${word}`);
      return operation;
    }),
  );
}

/** Throws AppError PAYMENT_UNAVAILABLE when this operation was asked to fail. */
export function assertFaultFree(faults: SandboxFaults, operation: SandboxOperation): void {
  if (faults.has(operation))
    throw new AppError('PAYMENT_UNAVAILABLE', { detail: `sandbox: ${operation} fails on request` });
}
