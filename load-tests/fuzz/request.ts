import { IDEMPOTENCY_HEADER } from '@souk/protocol/http/buying';
import { createId } from '@souk/protocol/ids';
import { LEAVE_OUT } from './hints.ts';
import type { Operation } from './operations.ts';
import { makeValue, type ValueContext } from './values.ts';

/** A request on its way; the spoiler changes it once more. */
export interface FuzzRequest {
  readonly operation: Operation;
  /** With parameters and query filled in. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body: unknown;
  /** Sent as it is, instead of `body`. */
  readonly rawBody?: string;
}

const MAX_PLAIN = 0.4;

/** A request that should be all right, with what the memory knows. */
export function makeRequest(operation: Operation, context: ValueContext): FuzzRequest {
  const { chance } = context;
  let path = operation.path;
  const query = new URLSearchParams();
  const headers: Record<string, string> = {};
  for (const { name, in: place, required, schema } of operation.parameters) {
    if (name.toLowerCase() === IDEMPOTENCY_HEADER) {
      headers[IDEMPOTENCY_HEADER] = createId('command');
      continue;
    }
    if (required !== true && chance.maybe(MAX_PLAIN)) continue;
    const made = makeValue(schema, name, context);
    if (made === LEAVE_OUT && required !== true) continue;
    const value = String(made);
    if (place === 'path') path = path.replace(`{${name}}`, encodeURIComponent(value));
    else if (place === 'query') query.set(name, value);
    else headers[name] = value;
  }
  const body = operation.body === undefined ? undefined : makeValue(operation.body, '', context);
  const search = query.toString();
  return { operation, path: search === '' ? path : `${path}?${search}`, headers, body };
}
