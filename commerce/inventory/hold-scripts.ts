import { readFileSync } from 'node:fs';
import { holdIdSchema, saleIdSchema, showIdSchema, userIdSchema, variantIdSchema } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import { defineScript, type Redis } from '@souk/runtime/redis';
import { ReplyError } from 'ioredis';
import { z } from 'zod';

const leftSchema = z.array(
  z.object({
    pool: z.union([variantIdSchema, saleIdSchema]),
    left: z.int().transform((left) => Math.max(0, left)),
    /** Of a sale for which buyers wait: units that can be offered to them. */
    free: z.int().optional(),
  }),
);
/** Units that anybody can have of a pool: a variant at its ordinary price, or a sale. */
export type PoolLeft = z.infer<typeof leftSchema>[number];

const base = z.object({ now: z.int(), left: leftSchema.default([]) });
const endedCode = z.enum(['claiming', 'claimed', 'released', 'expired']);

/** Script → the shape of its answer. The scripts' heads say what they do. */
const answers = {
  'take-hold': base.extend({
    code: z.enum([
      'OK',
      'NOT_LOADED',
      'SALE_NOT_OPEN',
      'BUYER_LIMIT_REACHED',
      'HOLD_LIMIT_REACHED',
      'SOLD_OUT',
    ]),
    expiresAt: z.int().optional(),
  }),
  'wait-more': base.extend({
    code: z.enum([
      'OK',
      'NOT_LOADED',
      'SALE_NOT_OPEN',
      'BUYER_LIMIT_REACHED',
      'NOT_SOLD_OUT',
      'WAITLIST_FULL',
    ]),
  }),
  'wait-less': base.extend({ code: z.literal('OK') }),
  'release-hold': base.extend({ code: z.enum(['OK', 'NOT_FOUND', ...endedCode.options]) }),
  'begin-claim': base.extend({
    code: z.enum(['OK', 'NOT_FOUND', ...endedCode.options]),
    views: z.array(z.object({ view: z.string(), expiresAt: z.int() })).default([]),
  }),
  'finish-claim': base.extend({ code: z.literal('OK') }),
  'sync-pools': base.extend({ code: z.literal('OK') }),
  'close-sale': base.extend({ code: z.literal('OK'), held: z.int() }),
  'expire-due': base.extend({
    code: z.literal('OK'),
    isIdle: z.boolean(),
    untold: z
      .array(
        z.object({
          id: holdIdSchema,
          buyer: userIdSchema.or(z.literal('')),
          showId: showIdSchema.or(z.literal('')),
        }),
      )
      .default([]),
    overdue: z.array(holdIdSchema).default([]),
  }),
} as const;

export type HoldScriptName = keyof typeof answers;
export type HoldScriptAnswer<Name extends HoldScriptName> = z.output<(typeof answers)[Name]>;

/** Runs a script on one merchant's keys. `args` are those from ARGV[3] on. */
export type RunHoldScript = <Name extends HoldScriptName>(
  name: Name,
  prefix: string,
  args: readonly (string | number)[],
) => Promise<HoldScriptAnswer<Name>>;

/** How long an ended hold can still be asked for. */
const KEEP_ENDED_MS = 3_600_000;

const read = (name: string): string =>
  readFileSync(new URL(`./scripts/${name}.lua`, import.meta.url), 'utf8');

/** Loads the hold scripts, each with the shared head in front. */
export function createHoldScripts(redis: Redis): RunHoldScript {
  const head = read('hold-lib');
  const names = Object.keys(answers) as HoldScriptName[];
  const scripts = new Map(names.map((name) => [name, defineScript(redis, name, `${head}\n${read(name)}`)]));
  return async (name, prefix, args) => {
    const script = scripts.get(name);
    if (script === undefined) throw new Error(`no hold script ${name}`);
    const answer = await script([`${prefix}pools`], [prefix, KEEP_ENDED_MS, ...args]).catch(explain);
    // The compiler does not tie a looked-up schema to the name that it was looked up by.
    const schema = answers[name] as unknown as z.ZodType<HoldScriptAnswer<typeof name>>;
    return schema.parse(JSON.parse(z.string().parse(answer)));
  };
}

/** What Redis answers with is a fault of the script; everything else means that Redis is not there. Throws AppError UNAVAILABLE. */
export function explain(cause: unknown): never {
  if (cause instanceof ReplyError) throw cause;
  throw new AppError('UNAVAILABLE', { cause, detail: 'holds: Redis does not answer' });
}
