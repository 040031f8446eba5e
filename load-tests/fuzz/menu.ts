import type { Random } from '@souk/protocol/testing/random';
import type { Actor } from './actors.ts';
import type { Operation } from './operations.ts';

/** How often an operation is called, next to the others at 1. */
const weights: Readonly<Record<string, number>> = {
  // Hashing passwords takes long on purpose.
  'auth:register': 0.05,
  'auth:login': 0.05,
  // What others need is taken away seldom.
  'show:end': 0.1,
  'show:stop': 0.1,
  'merchant:set-policy': 0.3,
  'product:archive': 0.2,
  'product:update': 0.3,
  'lineup:set': 0.3,
  'user:mute': 0.3,
  'import:dismiss': 0.3,
  'recording:remove': 0.5,
  'catalog:export': 0.2,
  'payouts:connect': 0.2,
  'payment:webhook': 0.5,
  // Each connection costs the media server a transport; those that there are, others need.
  'media:join': 0.8,
  'media:leave': 0.1,
  // What most of the others build on.
  'hold:take': 4,
  'quote:create': 4,
  'order:place': 4,
  'sandbox:confirm': 3,
  'show:get': 2,
  'show:go-live': 2,
  // A connection can be negotiated once only.
  'media:connect': 2,
  'media:produce': 2,
};
/** Share of the calls by somebody whose role may. */
const ENTITLED = 0.85;

export interface Dish {
  readonly operation: Operation;
  readonly actor: Actor;
}

/** What is called by whom: first everything by everybody once, then by weight and chance. */
export interface Menu {
  choose(turn: number, chance: Random): Dish;
}

export function createMenu(operations: readonly Operation[], actors: readonly Actor[]): Menu {
  const every = operations.flatMap((operation) => actors.map((actor) => ({ operation, actor })));
  const weighed = operations.map((operation) => ({ operation, weight: weightOf(operation) }));
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0);

  const draw = (chance: Random): Operation => {
    let left = chance.next() * total;
    for (const { operation, weight } of weighed) {
      left -= weight;
      if (left < 0) return operation;
    }
    return chance.pick(operations);
  };
  return {
    choose(turn, chance) {
      const first = every[turn];
      if (first !== undefined) return first;
      const operation = draw(chance);
      const entitled = actors.filter((actor) => mayCall(operation, actor));
      const choices = entitled.length > 0 && chance.maybe(ENTITLED) ? entitled : actors;
      return { operation, actor: chance.pick(choices) };
    },
  };
}

const weightOf = ({ id }: Operation): number => weights[id] ?? 1;

function mayCall({ roles }: Operation, { role }: Actor): boolean {
  if (roles === 'public') return true;
  // The media API names no roles: its tickets do.
  return role !== 'nobody' && (roles.length === 0 || roles.includes(role));
}
