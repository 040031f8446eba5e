import type { HttpCommandSpec } from '@souk/protocol/commands/command-spec';
import {
  type HttpCommandName,
  type HttpInput,
  type HttpResponse,
  httpCommands,
} from '@souk/protocol/commands/http-commands';
import type { ErrorCode } from '@souk/protocol/error-codes';
import type { Session } from '@souk/protocol/http/auth';
import type { HttpServer } from '@souk/runtime/http-server';

type Answered<Name extends HttpCommandName> =
  | { ok: true; data: HttpResponse<Name> }
  | { ok: false; error: { code: ErrorCode; message: string } };

export interface SendOptions {
  readonly headers?: Record<string, string>;
}

/** One browser: keeps its cookie and its token, and sends commands of the table. */
export interface TestClient {
  send<Name extends HttpCommandName>(
    name: Name,
    input?: Partial<HttpInput<Name>>,
    options?: SendOptions,
  ): Promise<Answered<Name>>;
  /** The data of the answer. Throws Error with the code when the command was refused. */
  get<Name extends HttpCommandName>(
    name: Name,
    input?: Partial<HttpInput<Name>>,
    options?: SendOptions,
  ): Promise<HttpResponse<Name>>;
  /** Logs in, and keeps the token. */
  login(email: string, password: string): Promise<Session>;
  /** Begins a guest session, or renews the token of the session. */
  renew(): Promise<Session>;
  cookie(): string | undefined;
}

export function createTestClient(http: HttpServer): TestClient {
  let cookie: string | undefined;
  let token: string | undefined;
  const client: TestClient = {
    async send(name, input = {}, { headers = {} } = {}) {
      const spec: HttpCommandSpec = httpCommands[name];
      const { params, query, body } = input as {
        params?: Record<string, string>;
        query?: Record<string, string>;
        body?: object;
      };
      const answer = await http.inject({
        method: spec.method,
        url: fillPath(spec.path, params ?? {}),
        ...(query === undefined ? {} : { query }),
        ...(body === undefined ? {} : { payload: body }),
        headers: {
          ...(cookie === undefined ? {} : { cookie }),
          ...(token === undefined || name === 'auth:token' ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
      });
      const set = answer.headers['set-cookie'];
      const first = Array.isArray(set) ? set[0] : set;
      if (first !== undefined) cookie = first.split(';', 1)[0];
      return answer.json();
    },
    async get(name, input, options) {
      const answer = await client.send(name, input, options);
      if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
      return answer.data;
    },
    async login(email, password) {
      const session = await client.get('auth:login', { body: { email, password } });
      token = session.accessToken;
      return session;
    },
    async renew() {
      const session = await client.get('auth:token');
      token = session.accessToken;
      return session;
    },
    cookie: () => cookie,
  };
  return client;
}

function fillPath(path: string, params: Record<string, string>): string {
  return path.replaceAll(/:([a-zA-Z]+)/g, (_whole, name: string) =>
    encodeURIComponent(params[name] ?? 'missing'),
  );
}
