import type { HttpCommandSpec } from '@souk/protocol/commands/command-spec';
import { type HttpCommandName, httpCommands } from '@souk/protocol/commands/http-commands';
import { createId } from '@souk/protocol/ids';
import { type Role, roles } from '@souk/protocol/roles';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestClient, type TestClient } from '../testing/test-client.ts';
import { startTestCommerce, type TestCommerce } from '../testing/test-commerce.ts';
import { createTestShop, TEST_PASSWORD } from '../testing/test-shop.ts';

const names = Object.keys(httpCommands) as HttpCommandName[];
const specOf = (name: HttpCommandName): HttpCommandSpec => httpCommands[name];
const guarded = names.filter((name) => specOf(name).roles !== 'public');

let commerce: TestCommerce;
let ids: Record<string, string>;
const clients = new Map<Role, TestClient>();

beforeAll(async () => {
  commerce = await startTestCommerce();
  const shop = await createTestShop(commerce.foundation);
  for (const role of roles) {
    const client = createTestClient(commerce.http);
    if (role === 'guest') await client.renew();
    else await client.login(`${role}@souk.test`, TEST_PASSWORD);
    clients.set(role, client);
  }
  const host = clients.get('host') ?? createTestClient(commerce.http);
  const body = { merchantId: shop.merchantId, title: 'Matrix', productIds: [] };
  const { show } = await host.get('show:create', { body });
  await host.get('moderator:invite', { params: { showId: show.id }, body: { email: 'moderator@souk.test' } });
  ids = {
    merchantId: shop.merchantId,
    showId: show.id,
    variantId: createId('variant'),
    userId: createId('user'),
    messageId: createId('message'),
    saleId: createId('sale'),
    holdId: createId('hold'),
    orderId: createId('order'),
  };
});
afterAll(() => commerce.stop());

/** The place is real, the rest is wrong: whoever is let in is refused for another reason, or finds nothing. */
const send = async (client: TestClient, name: HttpCommandName): Promise<string> => {
  const body = specOf(name).body === undefined ? {} : { body: { merchantId: ids['merchantId'] } };
  const answer = await client.send(name, { params: ids, ...body } as never);
  return answer.ok ? 'OK' : answer.error.code;
};

describe('every command of the table', () => {
  it.each(guarded)('%s asks for a token', async (name) => {
    expect(await send(createTestClient(commerce.http), name)).toBe('UNAUTHENTICATED');
  });

  const pairs = guarded.flatMap((name) => roles.map((role) => [name, role] as const));
  const isAllowed = (name: HttpCommandName, role: Role): boolean => {
    const spec = specOf(name);
    // Everybody with an account is a viewer as well.
    const held: Role[] = role === 'guest' ? ['guest'] : ['viewer', role];
    // Away from a show and a merchant only the platform's roles count.
    const counted =
      spec.scope === 'platform' ? held.filter((one) => one !== 'host' && one !== 'merchant') : held;
    return spec.roles === 'public' || spec.roles.some((one) => counted.includes(one));
  };
  it.each(pairs.filter(([name, role]) => !isAllowed(name, role)))(
    '%s is forbidden to a %s',
    async (name, role) => {
      expect(await send(clients.get(role) ?? createTestClient(commerce.http), name)).toBe('FORBIDDEN');
    },
  );
  it.each(
    pairs.filter(
      ([name, role]) => isAllowed(name, role) && name !== 'auth:rename' && !name.startsWith('show:'),
    ),
  )('%s is open to a %s', async (name, role) => {
    const code = await send(clients.get(role) ?? createTestClient(commerce.http), name);
    expect(['FORBIDDEN', 'UNAUTHENTICATED']).not.toContain(code);
  });
});
