import type { ConnectionState, Transport } from 'mediasoup-client/types';

/** How long a new path may take before the connection is given up. */
const RECOVER_MS = 4_000;

export interface PathOptions {
  /** Asks the server whether the connection still stands there. */
  check(): Promise<'alive' | 'gone' | 'unknown'>;
  /** Looks for a new path of the same connection. May reject. */
  restartIce(): Promise<void>;
}

export interface KeptPath {
  /** Resolves once the connection is to be made anew. */
  readonly lost: Promise<unknown>;
  /** Looks for a new path at once: the network has changed. */
  suspect(): void;
  stop(): void;
}

/** Keeps the path of a sender: when it breaks a new one is looked for, and four seconds later it is given up. */
export function keepPath(
  transport: Pick<Transport, 'on' | 'off' | 'connectionState'>,
  { check, restartIce }: PathOptions,
): KeptPath {
  let tellLost = (): void => undefined;
  const lost = new Promise<void>((resolve) => {
    tellLost = resolve;
  });
  let patience: ReturnType<typeof setTimeout> | undefined;

  const repair = async (): Promise<void> => {
    if ((await check()) === 'gone') return tellLost();
    // Without an answer from the server the time runs out by itself.
    await restartIce().catch(() => undefined);
  };
  const onChange = (state: ConnectionState): void => {
    if (state === 'closed') tellLost();
    if (state === 'connected') {
      clearTimeout(patience);
      patience = undefined;
    } else if ((state === 'disconnected' || state === 'failed') && patience === undefined) {
      patience = setTimeout(tellLost, RECOVER_MS);
      void repair();
    }
  };
  transport.on('connectionstatechange', onChange);
  return {
    lost,
    suspect: () => void repair(),
    stop: () => {
      clearTimeout(patience);
      transport.off('connectionstatechange', onChange);
    },
  };
}
