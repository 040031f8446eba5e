import type { ShowState } from '../timeline/state.ts';

/** What each part of a show's state is, and which entries change it. The type makes sure that no part is left out. */
export const stateParts: Readonly<Record<keyof ShowState, readonly [type: string, meaning: string]>> = {
  lastId: ['string', 'Id of the last entry folded in; `0-0` before the first.'],
  facts: [
    'object or null',
    'The data of `show:created`, with the newest title of `show:renamed` and the newest policy.',
  ],
  status: [
    '"draft" | "live" | "ended"',
    '`show:went-live` makes it live, `show:ended` ends it and takes the pin off.',
  ],
  liveSince: ['instant or null', '`at` of `show:went-live`.'],
  endReason: ['string or null', '`reason` of `show:ended`.'],
  stream: [
    'object',
    '`{ kind: "none" }`; after `stream:started` `{ kind: "on", streamId, since, source }`; after `stream:stopped` of that same stream `{ kind: "gap", streamId, since }`. A stop of another stream changes nothing.',
  ],
  lineup: ['product[]', '`products` of the newest `lineup:changed`.'],
  pinnedProductId: [
    'id or null',
    'Set by `product:pinned`; taken off by `product:unpinned` of that same product.',
  ],
  pinnedCoupon: [
    'object or null',
    'The data of `coupon:pinned`; taken off by `coupon:unpinned` of that same coupon.',
  ],
  sales: [
    '{ [saleId]: sale }',
    'The data of `sale:scheduled`, `sale:announced` or `sale:started`, with `phase` (`scheduled`, `announced`, `running`) and `soldOut`; a sale that is announced or started replaces the former one of its variant. `sale:extended` sets `endsAt`, `sale:sold-out` and `sale:restocked` set `soldOut` (and `units`), `sale:ended` sets `endReason`. Scheduled ones are for the staff only.',
  ],
  chat: [
    'message[]',
    'The newest 100 messages, oldest first: the data of `chat:sent` with `entryId`, `at` and `repeats`, which each `chat:repeated` of it raises. `chat:deleted` takes one out, `chat:purged` several. One that not everybody sees has its `audience`, which the staff alone is told.',
  ],
  chatPolicy: [
    'object',
    'The data of the newest `chat-policy:changed`; before it everybody may chat, with links.',
  ],
  chatFilter: ['object', 'The data of the newest `chat-filter:changed`. For the staff only.'],
  pinnedMessage: [
    'object or null',
    'The data of `chat:pinned`; taken off by `chat:unpinned`, or by the deletion, of that same message.',
  ],
  held: [
    'message[]',
    'The newest 200 messages of `chat:held` that neither a `chat:sent` of the same id has let through nor a deletion has taken out. Others than staff have their own only.',
  ],
  reports: [
    '{ [reportId]: report }',
    'The newest 200 of `report:filed` with `at`; `report:resolved` removes. For the staff only.',
  ],
  bans: [
    '{ [userId]: "show" | "merchant" }',
    '`user:banned` and `users:banned` set, `user:unbanned` removes. Others than staff see their own only.',
  ],
  shadowBans: [
    '{ [userId]: true }',
    '`user:shadow-banned` sets, `user:shadow-unbanned` removes. For the staff only.',
  ],
  mutes: [
    '{ [userId]: until }',
    '`user:muted` sets, `user:unmuted` removes. Others than staff see their own only.',
  ],
  moderators: [
    '{ [userId]: name }',
    '`role:granted` adds, `role:revoked` removes. Others than staff see themselves only.',
  ],
  orders: ['{ [orderId]: status }', 'Your own orders, from `order:changed`; empty in a snapshot.'],
};

/** The section on the state and its reducer. */
export function renderState(): string {
  const rows = Object.entries(stateParts).map(([name, [type, meaning]]) => {
    return `| \`${name}\` | \`${type.replaceAll('|', '\\|')}\` | ${meaning} |`;
  });
  return `## State

A \`ShowState\` is what the entries have made of a show. Client and server fold alike: an entry whose id is not greater
than \`lastId\` changes nothing; any other sets \`lastId\` to its id, and the part that it concerns:

${['| Part | Type | Meaning |', '|---|---|---|', ...rows].join('\n')}`;
}
