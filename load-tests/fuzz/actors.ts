import type { Role } from '@souk/protocol/roles';
import { type ApiClient, createApiClient } from '../clients/api-client.ts';

const DEMO_PASSWORD = 'souk-demo';
const GUESTS = 3;
/** Tokens last ten minutes. */
const RENEW_AFTER_MS = 60_000;

/** One who calls the API; nobody has no token. */
export interface Actor {
  readonly name: string;
  readonly role: Role | 'nobody';
  /** A token that is good for some minutes; undefined for nobody. */
  token(): Promise<string | undefined>;
  /** The header with the cookie of the session, if there is one. */
  cookies(): Promise<Record<string, string>>;
}

/** One of each role from the demo shop, some guests, and one without a token. */
export async function createActors(commerceUrl: string): Promise<Actor[]> {
  const roles = ['viewer', 'moderator', 'host', 'merchant', 'admin'] as const;
  const members = roles.map(async (role) => {
    const api = createApiClient(commerceUrl);
    await api.logIn(`${role}@souk.local`, DEMO_PASSWORD);
    return createActor(role, role, api);
  });
  const guests = Array.from({ length: GUESTS }, (_, seat) =>
    createActor(`guest ${seat}`, 'guest', createApiClient(commerceUrl)),
  );
  const nobody: Actor = {
    name: 'nobody',
    role: 'nobody',
    token: async () => undefined,
    cookies: async () => ({}),
  };
  return [nobody, ...guests, ...(await Promise.all(members))];
}

function createActor(name: string, role: Role, api: ApiClient): Actor {
  let current: { readonly token: Promise<string>; readonly since: number } | undefined;
  const actor: Actor = {
    name,
    role,
    token() {
      if (current === undefined || performance.now() - current.since > RENEW_AFTER_MS)
        current = {
          token: api.renew().then(({ accessToken }) => accessToken),
          since: performance.now(),
        };
      return current.token;
    },
    async cookies() {
      await actor.token();
      const cookie = api.cookie();
      return cookie === undefined ? {} : { cookie };
    },
  };
  return actor;
}
