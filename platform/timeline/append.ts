import { readFileSync } from 'node:fs';
import type { ShowId } from '@souk/protocol/ids';
import { type NewEntry, parseNewEntry } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import { defineScript, type Redis } from '@souk/runtime/redis';
import { z } from 'zod';
import { timelineKeys } from './keys.ts';

/** Entries that are appended no faster than this, over all nodes. */
export interface Pace {
  /** Whose pace it is. */
  readonly key: string;
  readonly everyMs: number;
}

/** What becomes of an entry that says again what was said lately. */
export interface EchoRule {
  /** An echo is known by each of these keys, for as long as it says. */
  readonly keys: readonly { readonly key: string; readonly windowMs: number }[];
  /** Name of this entry; its echoes will name it. */
  readonly name: string;
  /** The entry to append in its place; `field` of its data gets the name of the first. */
  readonly entry: NewEntry;
  readonly field: string;
}

export interface AppendOptions {
  /** The same key appends once, and later gets the id of the entry that is there. */
  readonly dedupeKey?: string;
  readonly dedupeTtlSeconds?: number;
  /** One line that whoever comes with the same dedupe key is given too. */
  readonly note?: string;
  /** True for writers that must not begin a timeline: only commerce knows how one begins. */
  readonly mustExist?: boolean;
  readonly pace?: Pace;
  readonly echo?: EchoRule;
}

export interface Appended {
  readonly id: string;
  readonly epoch: string;
  /** True when the dedupe key had been used before; nothing was appended then. */
  readonly duplicate: boolean;
  /** The note of the entry that is there; empty when it has none. */
  readonly note: string;
  /** Name of what was said first, when an echo was appended. */
  readonly echoOf?: string;
}

export interface Appender {
  /**
   * Appends an entry. Throws ZodError when it does not fit its type, AppError SHOW_NOT_FOUND when the timeline has not
   * begun and `mustExist` is set, AppError SLOW_MODE when its pace says so, or an ioredis error when Redis is out of
   * reach.
   */
  append(showId: ShowId, entry: NewEntry, options?: AppendOptions): Promise<Appended>;
  /** What an append with that dedupe key has brought, as a duplicate is told; undefined when there was none. */
  findAppended(showId: ShowId, dedupeKey: string): Promise<Appended | undefined>;
}

const DEFAULT_DEDUPE_TTL_SECONDS = 86_400;
const appendLua = readFileSync(new URL('./append-entry.lua', import.meta.url), 'utf8');
const answerSchema = z.union([
  z.tuple([z.string(), z.string(), z.int().min(0).max(2), z.string(), z.string()]),
  z.tuple([]),
]);
const TOO_SOON = 2;

/** Appends to timelines: one Lua script, so that what it promises holds over all nodes. */
export function createAppender(redis: Redis, newEpoch: () => string): Appender {
  const appendEntry = defineScript(redis, 'soukAppendEntry', appendLua);
  return {
    async append(showId, entry, options = {}) {
      const args = [...fieldsOf(entry), options.mustExist ? '' : newEpoch(), ...optionsOf(options)];
      const answer = answerSchema.parse(await appendEntry(keysOf(showId, options), args));
      if (answer.length === 0) throw new AppError('SHOW_NOT_FOUND');
      const [id, epoch, outcome, note, first] = answer;
      if (outcome === TOO_SOON) throw new AppError('SLOW_MODE', { retryAfterMs: Number(id) });
      return toAppended({ id, epoch, duplicate: outcome === 1, note }, first);
    },
    async findAppended(showId, dedupeKey) {
      const keys = [timelineKeys.epoch(showId), timelineKeys.dedupe(showId, dedupeKey)];
      const [epoch, kept] = await redis.mget(keys);
      if (typeof epoch !== 'string' || typeof kept !== 'string') return undefined;
      const [id = '', note = '', first = ''] = kept.split('\n');
      return toAppended({ id, epoch, duplicate: true, note }, first);
    },
  };
}

function toAppended(appended: Omit<Appended, 'echoOf'>, first: string): Appended {
  return first === '' ? appended : { ...appended, echoOf: first };
}

function keysOf(showId: ShowId, { dedupeKey = '', pace, echo }: AppendOptions): string[] {
  return [
    timelineKeys.timeline(showId),
    timelineKeys.epoch(showId),
    timelineKeys.dedupe(showId, dedupeKey),
    timelineKeys.pace(showId, pace?.key ?? ''),
    ...(echo?.keys ?? []).map(({ key }) => timelineKeys.echo(showId, key)),
  ];
}

function fieldsOf(entry: NewEntry): [type: string, at: number, audience: string, data: string] {
  const { type, at, audience, data } = parseNewEntry(entry);
  return [type, at, audience, JSON.stringify(data)];
}

function optionsOf({
  dedupeKey,
  dedupeTtlSeconds,
  note = '',
  pace,
  echo,
}: AppendOptions): (string | number)[] {
  const keepSeconds = dedupeKey === undefined ? 0 : (dedupeTtlSeconds ?? DEFAULT_DEDUPE_TTL_SECONDS);
  const common = [keepSeconds, note, pace?.everyMs ?? 0];
  if (echo === undefined) return common;
  const [type, , audience, data] = fieldsOf(echo.entry);
  return [
    ...common,
    echo.name,
    type,
    audience,
    data,
    echo.field,
    ...echo.keys.map(({ windowMs }) => windowMs),
  ];
}
