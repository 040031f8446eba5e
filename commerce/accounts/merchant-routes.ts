import type { Executor } from '../db/database.ts';
import type { HandlersOf } from '../http/route-handlers.ts';
import { findAllMerchants, findMerchantsOf, setSelling } from './merchant-repository.ts';
import type { SetPolicy } from './set-policy.ts';

export function createMerchantRoutes(deps: {
  orm: Executor;
  setPolicy: SetPolicy;
}): HandlersOf<'merchant:list' | 'merchant:set-policy' | 'merchant:set-selling'> {
  const { orm, setPolicy } = deps;
  return {
    'merchant:list': async ({ caller }) => {
      const seesAll = caller.grants.some((grant) => grant.role === 'admin');
      return { merchants: seesAll ? await findAllMerchants(orm) : await findMerchantsOf(orm, caller.userId) };
    },
    'merchant:set-policy': async ({ params, body }) => ({
      merchant: await setPolicy(params.merchantId, body),
    }),
    'merchant:set-selling': async ({ params, body }) => ({
      merchant: await setSelling(orm, params.merchantId, body),
    }),
  };
}
