import { AppError } from '@souk/runtime/app-error';
import { errors } from 'mediasoup';
import type { LinkEndReason } from '../sfu-backend.ts';

/**
 * Runs what a page asked of its link. What mediasoup and its worker refuse is the page's fault while the link lives.
 * Throws AppError MEDIA_SESSION_NOT_FOUND, NO_COMMON_CODEC, INVALID_INPUT.
 */
export async function onBehalfOf<Result>(
  ending: { readonly reason: LinkEndReason | null },
  work: () => Promise<Result>,
): Promise<Result> {
  if (ending.reason !== null) throw new AppError('MEDIA_SESSION_NOT_FOUND', { detail: ending.reason });
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if (ending.reason !== null || isGone(cause)) throw new AppError('MEDIA_SESSION_NOT_FOUND', { cause });
    if (cause instanceof errors.UnsupportedError) throw new AppError('NO_COMMON_CODEC', { cause });
    throw new AppError('INVALID_INPUT', { cause, issues: [{ path: '', message: reasonOf(cause) }] });
  }
}

/** Runs what only a dead worker can refuse. Throws AppError UNAVAILABLE. */
export async function needsWorker<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('UNAVAILABLE', { cause, detail: 'the SFU worker refused' });
  }
}

function isGone(cause: unknown): boolean {
  return cause instanceof errors.NotFoundError || cause instanceof errors.WorkerClosedError;
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message.slice(0, 200) : 'the SFU refused it';
}
