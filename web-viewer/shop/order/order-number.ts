import type { OrderId } from '@souk/protocol/ids';

const NUMBER_LENGTH = 8;

/** Short name of an order for people: the end of its id. */
export function orderNumber(orderId: OrderId): string {
  return orderId.slice(-NUMBER_LENGTH).toUpperCase();
}
