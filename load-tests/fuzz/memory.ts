import type { Random } from '@souk/protocol/testing/random';

const ID = /^[a-z]{3}_[0-9a-z]{20}$/;
/** Texts that answers give and later requests hand back, by the name of their field. */
const NOTED_FIELDS = new Set(['clientSecret', 'code', 'sku', 'nextCursor', 'id', 'token', 'consumerId']);
const LONGEST = 2_000;
const MOST_PER_KIND = 40;
const MOST_LINKS = 60;
const MOST_FAVOURITES = 3;
/** Share of the questions for a kind that the favourites answer. */
const FAVOURED = 0.6;

const kindOf = (id: string): string => id.slice(0, 3);
/** Ids, the tokens of media tickets and the names of operations tie things together. */
const isTie = (text: string): boolean => ID.test(text) || text.startsWith('eyJ') || text.startsWith('op:');

/** What was seen in answers: ids by kind and named texts, and which stood in one answer or request with which. */
export interface Memory {
  /** Takes in an answer, together with the texts of the request that it answers. */
  learn(actor: string, asked: readonly string[], answer: unknown): void;
  /**
   * A text of that kind (`ord` for ids, the field's name for others). Prefers what this actor saw together with the
   * texts of `near`, then what the actor saw, then what anybody saw; undefined when nothing is known.
   */
  recall(kind: string, actor: string, near: readonly string[], chance: Random): string | undefined;
  /** Marks a text with which more can be done than with others of its kind; the newest marks count. */
  favour(kind: string, text: string): void;
}

/** Keeps the newest texts only: the house moves on, and so must the questions. */
export function createMemory(): Memory {
  const byOwner = new Map<string, string[]>();
  const links = new Map<string, string[]>();
  const favourites = new Map<string, string[]>();

  const keep = (map: Map<string, string[]>, key: string, value: string, most: number): void => {
    const list = map.get(key) ?? [];
    const at = list.indexOf(value);
    if (at >= 0) list.splice(at, 1);
    list.push(value);
    if (list.length > most) list.shift();
    map.set(key, list);
  };
  const note = (actor: string, kind: string, text: string, company: ReadonlySet<string>): void => {
    for (const owner of [actor, '*']) keep(byOwner, `${owner} ${kind}`, text, MOST_PER_KIND);
    for (const other of company) {
      if (other === text) continue;
      keep(links, `${other} ${kind}`, text, MOST_LINKS);
      // The ticket stands first in a request, so it must also lead to the ids around it.
      if (kind === 'token' && ID.test(other)) keep(links, `${text} ${kindOf(other)}`, other, MOST_LINKS);
    }
  };
  return {
    learn(actor, asked, answer) {
      for (const found of collect(answer, new Set(asked.filter(isTie))))
        note(actor, found.kind, found.text, found.company);
    },
    favour: (kind, text) => keep(favourites, kind, text, MOST_FAVOURITES),
    recall(kind, actor, near, chance) {
      const favoured = favourites.get(kind);
      if (favoured !== undefined && chance.maybe(FAVOURED)) return chance.pick(favoured);
      const own = byOwner.get(`${actor} ${kind}`) ?? [];
      const linked = near.map((text) => links.get(`${text} ${kind}`) ?? []);
      const together = linked.reduce<readonly string[] | undefined>(
        (common, list) => (common === undefined ? list : overlap(common, list)),
        undefined,
      );
      const choices = [
        overlap(together ?? own, own),
        together ?? [],
        linked.flat(),
        own,
        byOwner.get(`* ${kind}`) ?? [],
      ].filter((list) => list.length > 0);
      const list = choices[0];
      if (list === undefined) return undefined;
      // Mostly what is new; sometimes anything.
      return chance.maybe(0.7) ? chance.pick(list.slice(-6)) : chance.pick(chance.pick(choices));
    },
  };
}

function overlap(some: readonly string[], others: readonly string[]): string[] {
  const wanted = new Set(others);
  return some.filter((text) => wanted.has(text));
}

interface Found {
  readonly kind: string;
  readonly text: string;
  readonly company: ReadonlySet<string>;
}

/** Ids and noted texts of an answer, each with the ids that stand beside or above it. */
function collect(value: unknown, above: ReadonlySet<string>): Found[] {
  if (Array.isArray(value)) return value.slice(0, 50).flatMap((item) => collect(item, above));
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  const texts = entries.flatMap(([name, item]) =>
    (Array.isArray(item) ? item : [item]).flatMap((text) =>
      typeof text === 'string' ? [{ name, text }] : [],
    ),
  );
  const company = new Set([...above, ...texts.flatMap(({ text }) => (isTie(text) ? [text] : []))]);
  const here = texts.flatMap(({ name, text }) => {
    if (ID.test(text)) return [{ kind: kindOf(text), text, company }];
    return NOTED_FIELDS.has(name) && text.length < LONGEST ? [{ kind: name, text, company }] : [];
  });
  return [...here, ...entries.flatMap(([, item]) => collect(item, company))];
}
