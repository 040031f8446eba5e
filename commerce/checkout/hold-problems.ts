import { AppError } from '@souk/runtime/app-error';
import type { HoldScriptAnswer } from '../inventory/hold-scripts.ts';

/** Why a hold cannot become an order. */
export function holdProblem(code: Exclude<HoldScriptAnswer<'begin-claim'>['code'], 'OK'>): AppError {
  switch (code) {
    // A hold that Redis has forgotten cannot be told from one that never was.
    case 'NOT_FOUND':
    case 'released':
      return new AppError('HOLD_LOST');
    case 'expired':
      return new AppError('HOLD_EXPIRED');
    case 'claimed':
      return new AppError('INVALID_TRANSITION', { detail: 'the hold went into another order' });
    case 'claiming':
      return new AppError('PAYMENT_IN_PROGRESS');
  }
}
