import type { Random } from '@souk/protocol/testing/random';
import fc from 'fast-check';
import { hints, LEAVE_OUT } from './hints.ts';
import type { Memory } from './memory.ts';
import type { JsonSchema } from './operations.ts';

export interface ValueContext {
  /** The operation that it is for. */
  readonly operationId: string;
  readonly chance: Random;
  readonly memory: Memory;
  readonly actor: string;
  /** Texts of this request that are chosen already: what belongs to them is preferred. */
  readonly near: string[];
}

/** Share of the optional fields that are filled. */
const OPTIONAL = 0.5;
const ID_PATTERN = /^\^\(\?:([a-z|]+)\)_/;

/**
 * A value that fits the schema, and that means something to the house as far as the memory goes; LEAVE_OUT for an
 * optional field that is better left out.
 */
export function makeValue(schema: JsonSchema, name: string, context: ValueContext): unknown {
  const { chance } = context;
  if (schema.const !== undefined) return schema.const;
  const hint = hints[name]?.(context, schema);
  if (hint !== undefined && chance.maybe(0.9)) return remember(hint, context);
  if (schema.enum !== undefined) return chance.pick(schema.enum);
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants !== undefined) return makeValue(chance.pick(variants), name, context);
  const type = Array.isArray(schema.type) ? chance.pick(schema.type) : schema.type;
  switch (type) {
    case 'object':
      return makeObject(schema, context);
    case 'array':
      return makeArray(schema, name, context);
    case 'integer':
    case 'number':
      return makeNumber(schema, context);
    case 'boolean':
      return chance.maybe(0.5);
    case 'null':
      return null;
    default:
      return remember(makeText(schema, name, context), context);
  }
}

function remember(value: unknown, { near }: ValueContext): unknown {
  if (typeof value === 'string') near.push(value);
  return value;
}

function makeObject(schema: JsonSchema, context: ValueContext): Record<string, unknown> {
  const required = new Set(schema.required ?? []);
  const fields = Object.entries(schema.properties ?? {}).filter(
    ([name]) => required.has(name) || context.chance.maybe(OPTIONAL),
  );
  // Ids first, so that the other fields can be chosen to go with them.
  fields.sort(([a], [b]) => Number(b.endsWith('Id')) - Number(a.endsWith('Id')));
  const made = fields.map(([name, field]) => [name, makeValue(field, name, context)] as const);
  return Object.fromEntries(made.filter(([, value]) => value !== LEAVE_OUT));
}

function makeArray(schema: JsonSchema, name: string, context: ValueContext): unknown[] {
  const { minItems = 0, maxItems = 3, items = {} } = schema;
  const count = context.chance.between(minItems, Math.max(minItems, Math.min(maxItems, minItems + 1)));
  return Array.from({ length: count }, () => makeValue(items, name.replace(/s$/, ''), context));
}

function makeNumber({ minimum = 0, maximum = 1_000 }: JsonSchema, { chance }: ValueContext): number {
  // Mostly small, as people's numbers are; the bounds themselves now and then.
  if (chance.maybe(0.05)) return chance.pick([minimum, maximum]);
  return chance.between(minimum, Math.min(maximum, Math.max(minimum, 0) + 50));
}

function makeText(schema: JsonSchema, name: string, context: ValueContext): string {
  const { chance, memory, actor, near } = context;
  const { pattern, minLength = 0, maxLength = 40 } = schema;
  const kinds = pattern === undefined ? undefined : ID_PATTERN.exec(pattern)?.[1]?.split('|');
  if (kinds !== undefined) {
    const known = memory.recall(chance.pick(kinds), actor, near, chance);
    return known ?? matching(pattern ?? '', chance);
  }
  const known = memory.recall(name, actor, near, chance);
  if (known !== undefined && chance.maybe(0.7)) return known;
  if (pattern !== undefined) return matching(pattern, chance);
  const words = chance.pick(['Lamp', 'Velvet scarf', '夜の市', 'Ünïcode 🛍', 'a', 'Robert']);
  return words.padEnd(minLength, 'x').slice(0, Math.max(minLength, Math.min(maxLength, 40)));
}

/** By their pattern: to make one costs a hundred times what it costs to draw from it. */
const texts = new Map<string, fc.Arbitrary<string>>();

function matching(pattern: string, chance: Random): string {
  const matchingTexts = texts.get(pattern) ?? fc.stringMatching(new RegExp(pattern));
  texts.set(pattern, matchingTexts);
  const [text] = fc.sample(matchingTexts, {
    numRuns: 1,
    seed: chance.between(0, 2 ** 31 - 1),
  });
  return text ?? '';
}
