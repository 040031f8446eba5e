import { broadcast } from './ar/broadcast.ts';
import { catalog } from './ar/catalog.ts';
import { chat, follow, removed } from './ar/chat.ts';
import { chatRules } from './ar/chat-rules.ts';
import { common } from './ar/common.ts';
import { community } from './ar/community.ts';
import { coupons } from './ar/coupons.ts';
import { desk } from './ar/desk.ts';
import { errors } from './ar/errors.ts';
import { importProblems } from './ar/import-problems.ts';
import { inventory } from './ar/inventory.ts';
import { lobby } from './ar/lobby.ts';
import { login } from './ar/login.ts';
import { media } from './ar/media.ts';
import { moderation } from './ar/moderation.ts';
import { orders } from './ar/orders.ts';
import { payouts } from './ar/payouts.ts';
import { shop } from './ar/shop.ts';
import { staff } from './ar/staff.ts';
import { store } from './ar/store.ts';
import { studio } from './ar/studio.ts';
import { watch } from './ar/watch.ts';

export const ar = {
  common,
  errors,
  lobby,
  login,
  watch,
  chat,
  follow,
  removed,
  shop,
  orders,
  staff,
  store,
  studio,
  broadcast,
  media,
  moderation,
  chatRules,
  desk,
  catalog,
  importProblems,
  inventory,
  coupons,
  community,
  payouts,
};
