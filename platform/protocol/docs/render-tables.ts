import type { z } from 'zod';
import type { CommandRate, HttpCommandSpec, HubCommandSpec } from '../commands/command-spec.ts';
import { httpCommands } from '../commands/http-commands.ts';
import { type HubCommandName, hubCommands } from '../commands/hub-commands.ts';
import { type ErrorCode, errorTable } from '../error-codes.ts';
import { entryTable } from '../timeline/entries.ts';
import { renderType } from './render-type.ts';

/** A heading for each live command with its rights, its rate and its types. */
export function renderHubCommands(): string {
  return sections<HubCommandSpec>(hubCommands, (spec, name) => [
    rights(spec),
    typeBlock('Payload', spec.payload),
    typeBlock('Answer `data`', spec.response),
    `May be refused with ${refusalsOf(name)}, besides what may happen to any command.`,
  ]);
}

/** Why a live command of good form may be refused, beyond what concerns all of them. */
const refusals: Readonly<Record<HubCommandName, readonly ErrorCode[]>> = {
  'show:join': ['SHOW_NOT_FOUND', 'BANNED', 'OVERLOADED', 'INVALID_TRANSITION'],
  'show:leave': ['INVALID_TRANSITION'],
  'chat:send': [
    'SHOW_NOT_LIVE',
    'BANNED',
    'MUTED',
    'GUESTS_NOT_ALLOWED',
    'FOLLOWERS_ONLY',
    'BUYERS_ONLY',
    'LINKS_NOT_ALLOWED',
    'MESSAGE_BLOCKED',
    'MESSAGE_NOT_FOUND',
    'SLOW_MODE',
    'INVALID_TRANSITION',
  ],
  'reaction:send': ['SHOW_NOT_LIVE', 'BANNED', 'MUTED', 'INVALID_TRANSITION'],
  'session:renew': ['UNAUTHENTICATED'],
  'clock:sync': ['RATE_LIMITED'],
};

function refusalsOf(name: string): string {
  const codes = new Map<string, readonly ErrorCode[]>(Object.entries(refusals)).get(name) ?? [];
  return codes.map((code) => `\`${code}\``).join(', ');
}

/** A heading for each HTTP command with its route, its rights, its rate and its types. */
export function renderHttpCommands(): string {
  return sections<HttpCommandSpec>(httpCommands, (spec) => [
    `\`${spec.method} ${spec.path}\``,
    rights(spec),
    ...(spec.idempotent === true ? ['Needs the header `Idempotency-Key`.'] : []),
    ...(spec.params === undefined ? [] : [typeBlock('Path', spec.params)]),
    ...(spec.query === undefined ? [] : [typeBlock('Query', spec.query)]),
    ...(spec.body === undefined ? [] : [typeBlock('Body', spec.body)]),
    typeBlock('Answer `data`', spec.response),
  ]);
}

/** A heading for each type of entry with its audience and its data. */
export function renderEntries(): string {
  return Object.entries(entryTable)
    .map(([type, spec]) =>
      [`### \`${type}\``, `Told to: ${audiences[spec.audience]}.`, typeBlock('Data', spec.data)].join('\n\n'),
    )
    .join('\n\n');
}

/** One row for each error code. */
export function renderErrors(): string {
  const rows = Object.entries(errorTable).map(
    ([code, { status, retryable, message }]) =>
      `| \`${code}\` | ${status} | ${retryable ? 'yes' : 'no'} | ${message} |`,
  );
  return ['| Code | HTTP status | Retryable | Message |', '|---|---|---|---|', ...rows].join('\n');
}

/** A schema under a label. */
export function typeBlock(label: string, schema: z.ZodType): string {
  return `${label}:\n\n\`\`\`\n${renderType(schema)}\n\`\`\``;
}

const audiences = {
  all: 'everybody',
  staff: "the show's staff",
  user: 'one person',
  'staff+user': "the show's staff and the person concerned",
} as const;

function sections<Spec extends { readonly summary: string }>(
  table: Readonly<Record<string, Spec>>,
  body: (spec: Spec, name: string) => readonly string[],
): string {
  return Object.entries(table)
    .map(([name, spec]) => [`### \`${name}\``, spec.summary, ...body(spec, name)].join('\n\n'))
    .join('\n\n');
}

function rights({ roles, scope, rate }: HubCommandSpec | HttpCommandSpec): string {
  const who = roles === 'public' ? 'nobody needs a token' : roles.join(', ');
  return `Roles: ${who}. Scope: ${scope}. Rate: ${rateInWords(rate)}.`;
}

function rateInWords({ burst, perSecond }: CommandRate): string {
  const refill = perSecond >= 1 ? `${perSecond} per second` : `one each ${1 / perSecond} seconds`;
  return `${burst} at once, then ${refill}`;
}
