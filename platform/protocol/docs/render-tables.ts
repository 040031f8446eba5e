import type { z } from 'zod';
import type { CommandRate, HttpCommandSpec, HubCommandSpec } from '../commands/command-spec.ts';
import { httpCommands } from '../commands/http-commands.ts';
import { hubCommands } from '../commands/hub-commands.ts';
import { errorTable } from '../error-codes.ts';
import { entryTable } from '../timeline/entries.ts';
import { renderType } from './render-type.ts';

/** A heading for each live command with its rights, its rate and its types. */
export function renderHubCommands(): string {
  return sections<HubCommandSpec>(hubCommands, (spec) => [
    rights(spec),
    typeBlock('Payload', spec.payload),
    typeBlock('Answer `data`', spec.response),
  ]);
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
  body: (spec: Spec) => readonly string[],
): string {
  return Object.entries(table)
    .map(([name, spec]) => [`### \`${name}\``, spec.summary, ...body(spec)].join('\n\n'))
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
