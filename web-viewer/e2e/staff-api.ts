import { type Api, createApi } from '../api/api-client.ts';
import { PASSWORD } from './people.ts';

/** The HTTP API as an account of the demo shop, without a page: for what is not on trial in a test. */
export async function apiOf(origin: string, email: string): Promise<Api> {
  const fetchThere: typeof fetch = (path, init) => {
    const headers = new Headers(init?.headers);
    headers.set('origin', origin);
    return fetch(new URL(String(path), origin), { ...init, headers });
  };
  const login = createApi(fetchThere);
  const { accessToken } = await login.call('auth:login', { query: {}, body: { email, password: PASSWORD } });
  return createApi(fetchThere, { current: async () => accessToken, refresh: async () => accessToken });
}
