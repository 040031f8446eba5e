import type { ConnectionState, Transport } from 'mediasoup-client/types';
import { ApiError } from '../api/api-error.ts';

/** The message of an ApiError that says: the server answers, but nothing else gets through to it. */
export const NO_MEDIA_PATH = 'No media path to the server.';
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

function noPath(): ApiError {
  return new ApiError({ code: 'UNAVAILABLE', message: NO_MEDIA_PATH, retryable: true });
}
