import type { ErrorCode } from '@souk/protocol/error-codes';
import { AppError } from '@souk/runtime/app-error';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';

const codes: Readonly<Record<string, ErrorCode>> = {
  showId: 'SHOW_NOT_FOUND',
  saleId: 'SALE_NOT_FOUND',
  productId: 'PRODUCT_NOT_FOUND',
  variantId: 'VARIANT_NOT_FOUND',
  importId: 'IMPORT_NOT_FOUND',
  holdId: 'HOLD_NOT_FOUND',
  orderId: 'ORDER_NOT_FOUND',
  messageId: 'MESSAGE_NOT_FOUND',
  userId: 'USER_NOT_FOUND',
};

/** Nothing is found under an id in the path that no such thing can have, as under one that none has. Others stay as they are. */
export function explainPath(error: unknown): unknown {
  if (!hasZodFastifySchemaValidationErrors(error) || error.validationContext !== 'params') return error;
  const [name = ''] = error.validation.map(({ instancePath }) => instancePath.replace('/', ''));
  return new AppError(codes[name] ?? 'NOT_FOUND');
}
