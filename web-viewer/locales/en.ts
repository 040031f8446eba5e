import { type ImportProblemCode, importProblems } from '@souk/protocol/import-problems';
import { broadcast } from './en/broadcast.ts';
import { catalog } from './en/catalog.ts';
import { chat, follow, removed } from './en/chat.ts';
import { chatRules } from './en/chat-rules.ts';
import { common } from './en/common.ts';
import { community } from './en/community.ts';
import { coupons } from './en/coupons.ts';
import { desk } from './en/desk.ts';
import { errors } from './en/errors.ts';
import { inventory } from './en/inventory.ts';
import { lobby } from './en/lobby.ts';
import { login } from './en/login.ts';
import { media } from './en/media.ts';
import { moderation } from './en/moderation.ts';
import { orders } from './en/orders.ts';
import { payouts } from './en/payouts.ts';
import { shop } from './en/shop.ts';
import { staff } from './en/staff.ts';
import { store } from './en/store.ts';
import { studio } from './en/studio.ts';
import { watch } from './en/watch.ts';

/** Every text of the page in English; the shape that all other languages follow. */
export const en = {
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
  // As plain texts: each comes with its own parameters, which no type of a key can tell.
  importProblems: importProblems as Readonly<Record<ImportProblemCode, string>>,
  inventory,
  coupons,
  community,
  payouts,
};
