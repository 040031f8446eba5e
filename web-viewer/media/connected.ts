import type { ConnectionState, Transport } from 'mediasoup-client/types';
import { ApiError } from '../api/api-error.ts';

/** How long a broken path may stay broken before we give it up; ICE itself would wait much longer. */
const DISCONNECTED_GRACE_MS = 1_500;
const CONNECT_TIMEOUT_MS = 8_000;

/**
 * Resolves when the transport's path to the server stands.
 * Rejects with ApiError UNAVAILABLE when it fails or takes longer than 8 s, and when the signal aborts.
 */
export function whenConnected(transport: Transport, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: unknown): void => {
      clearTimeout(timer);
      transport.off('connectionstatechange', onChange);
      signal.removeEventListener('abort', onAbort);
      if (error === undefined) resolve();
      else reject(error);
    };
    const onChange = (state: ConnectionState): void => {
      if (state === 'connected') settle();
      if (state === 'failed' || state === 'closed') settle(noPath());
    };
    const onAbort = (): void => settle(signal.reason);
    const timer = setTimeout(() => settle(noPath()), CONNECT_TIMEOUT_MS);
    transport.on('connectionstatechange', onChange);
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
    else onChange(transport.connectionState);
  });
}

/** Resolves once the path is lost: failed, closed, or broken for longer than a short grace. */
export function whenLost(transport: Transport): Promise<void> {
  return new Promise((resolve) => {
    let grace: ReturnType<typeof setTimeout> | undefined;
    const onChange = (state: ConnectionState): void => {
      clearTimeout(grace);
      if (state === 'disconnected') grace = setTimeout(resolve, DISCONNECTED_GRACE_MS);
      if (state === 'failed' || state === 'closed') resolve();
    };
    transport.on('connectionstatechange', onChange);
    transport.observer.once('close', () => {
      clearTimeout(grace);
      resolve();
    });
    onChange(transport.connectionState);
  });
}

function noPath(): ApiError {
  return new ApiError({ code: 'UNAVAILABLE', message: 'No media path to the server.', retryable: true });
}
