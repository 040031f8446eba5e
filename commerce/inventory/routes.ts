import type { Database } from '../db/database.ts';
import type { HandlersOf } from '../http/route-handlers.ts';
import type { AdjustStock, ReceiveStock } from './adjust-stock.ts';
import type { HoldStore } from './hold-store.ts';
import { listMovements } from './list-movements.ts';
import { listStock } from './list-stock.ts';
import type { ReleaseHold } from './release-hold.ts';
import type { TakeHold } from './take-hold.ts';

export interface InventoryRoutesDeps {
  readonly db: Database;
  readonly holds: HoldStore;
  readonly takeHold: TakeHold;
  readonly releaseHold: ReleaseHold;
  readonly adjustStock: AdjustStock;
  readonly receiveStock: ReceiveStock;
}

type Names =
  | 'hold:take'
  | 'hold:list'
  | 'hold:release'
  | 'stock:list'
  | 'stock:adjust'
  | 'stock:receive'
  | 'stock:movements';

/** Handlers of stock and holds. */
export function createInventoryRoutes(deps: InventoryRoutesDeps): HandlersOf<Names> {
  return {
    'hold:take': ({ params, body, caller }) => deps.takeHold(caller, params.showId, body.lines),
    'hold:list': async ({ caller }) => {
      const { holds, now } = await deps.holds.listActive(caller.userId);
      return { holds, serverTime: now };
    },
    'hold:release': async ({ params, caller }) => {
      await deps.releaseHold(caller, params.holdId);
      return {};
    },
    'stock:list': async ({ params, query }) => {
      const { items, nextCursor } = await listStock(deps.db.orm, params.merchantId, query);
      return { stock: [...items], nextCursor };
    },
    'stock:adjust': async ({ params, body, caller }) => ({
      stock: await deps.adjustStock({ ...params, ...body, actorId: caller.userId }),
    }),
    'stock:receive': async ({ params, body, caller, idempotencyKey }) => ({
      stock: await deps.receiveStock({ ...params, ...body, actorId: caller.userId, idempotencyKey }),
    }),
    'stock:movements': ({ params, query }) => listMovements(deps.db.orm, params, query.before),
  };
}
