import type { TradeNames } from './ground.ts';
import type { HandlersOf } from './http/route-handlers.ts';
import type { ReceiveWebhook } from './http/webhooks.ts';
import type { ShowSales } from './shows/ports.ts';

/** What the service needs of trade: catalogue, stock, sales, checkout, payments, orders and fulfilment. */
export interface TradeRooms extends ShowSales {
  readonly handlers: HandlersOf<TradeNames>;
  readonly receiveWebhook: ReceiveWebhook;
}
