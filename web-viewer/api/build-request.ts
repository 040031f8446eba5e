import type { HttpCommandSpec } from '@souk/protocol/commands/command-spec';

export interface RequestParts {
  readonly params?: Readonly<Record<string, string>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
}

/** The path of a command with its `:params` and query filled in. Throws RangeError when a parameter is missing. */
export function buildPath(spec: Pick<HttpCommandSpec, 'path'>, parts: RequestParts): string {
  const path = spec.path.replaceAll(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = parts.params?.[name];
    if (value === undefined) throw new RangeError(`${spec.path}: ${name} is missing`);
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parts.query ?? {})) {
    if (value !== undefined) query.set(name, String(value));
  }
  return query.size > 0 ? `${path}?${query}` : path;
}

export interface RequestExtras {
  readonly token?: string | undefined;
  readonly idempotencyKey?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export function buildInit(
  spec: Pick<HttpCommandSpec, 'method'>,
  parts: RequestParts,
  extras: RequestExtras,
): RequestInit {
  const headers = new Headers({ accept: 'application/json' });
  if (extras.token !== undefined) headers.set('authorization', `Bearer ${extras.token}`);
  if (extras.idempotencyKey !== undefined) headers.set('idempotency-key', extras.idempotencyKey);
  if (parts.body !== undefined) headers.set('content-type', 'application/json');
  return {
    method: spec.method,
    headers,
    credentials: 'same-origin',
    ...(parts.body === undefined ? {} : { body: JSON.stringify(parts.body) }),
    ...(extras.signal === undefined ? {} : { signal: extras.signal }),
  };
}
