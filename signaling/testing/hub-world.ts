import { createId, type MerchantId, type ShowId, type UserId } from '@souk/protocol/ids';
import { currencySchema } from '@souk/protocol/money';
import type { Grant, Tie } from '@souk/protocol/roles';
import { createEntry, type GuestPolicy, type NewEntry } from '@souk/protocol/timeline/entries';
import { createLogger } from '@souk/runtime/logger';
import { closeRedis, createRedis } from '@souk/runtime/redis';
import { createTimeline } from '@souk/timeline/timeline';
import type { HubLimits } from '../connection/hub-limits.ts';
import { connected, createHubClient, type HubClient } from './hub-client.ts';
import { createTestTokens, guestGrant, startHub, viewerGrant } from './start-hub.ts';

const logger = createLogger({ name: 'hub-test', level: 'silent' });

export interface Person {
  readonly userId: UserId;
  readonly name: string;
  readonly grants: readonly Grant[];
  readonly ties?: readonly Tie[];
}

export function createViewer(name = 'Vera'): Person {
  return { userId: createId('user'), name, grants: [viewerGrant] };
}

export function createGuest(): Person {
  return { userId: createId('guest'), name: 'Guest', grants: [guestGrant] };
}

export function createHost(merchantId: MerchantId): Person {
  return {
    userId: createId('user'),
    name: 'Hana',
    grants: [viewerGrant, { role: 'host', scope: 'merchant', merchantId }],
  };
}

/** Hub nodes on one Redis, and what a test needs around them: the timeline as commerce writes it, tokens, clients. */
export async function createHubWorld(redisUrl: string, nodeCount = 1, limits: Partial<HubLimits> = {}) {
  const redis = createRedis({ url: redisUrl, name: 'hub-world', logger });
  const timeline = createTimeline({ redis, logger });
  const { signer, verifier } = await createTestTokens();
  const nodes = await Promise.all(
    Array.from({ length: nodeCount }, () => startHub({ redisUrl, verifier, limits })),
  );
  const clients: HubClient[] = [];

  const tokenOf = async ({ userId, name, grants, ties = [] }: Person): Promise<string> =>
    (await signer.signAccess({ sub: userId, name, grants: [...grants], ties: [...ties] })).token;
  const urlOf = (node: number | string): string => {
    const url = typeof node === 'string' ? node : nodes[node]?.url;
    if (url === undefined) throw new Error(`there is no node ${node}`);
    return url;
  };

  return {
    redis,
    timeline,
    nodes,
    tokenOf,
    jwks: signer.jwks,
    urlOf,
    append: (showId: ShowId, entry: NewEntry) => timeline.append(showId, entry),
    /** Connects a person to the node with that number, or with that address. */
    async connect(person: Person, node: number | string = 0): Promise<HubClient> {
      const client = createHubClient(urlOf(node), await tokenOf(person));
      clients.push(client);
      return connected(client);
    },
    /** Makes a show that is on air. */
    async goLive(policy: GuestPolicy = { guestsMayChat: true, guestsMayBuy: true }) {
      const [showId, merchantId] = [createId('show'), createId('merchant')];
      const host = createHost(merchantId);
      await timeline.append(
        showId,
        createEntry('show:created', Date.now(), {
          title: 'Autumn lamps',
          merchantId,
          merchantName: 'Lumen & Co',
          hostId: host.userId,
          hostName: host.name,
          currency: currencySchema.parse('EUR'),
          policy,
        }),
      );
      await timeline.append(showId, createEntry('show:went-live', Date.now(), {}));
      return { showId, merchantId, host };
    },
    async stop(): Promise<void> {
      for (const client of clients) client.close();
      await Promise.all(nodes.map((node) => node.stop()));
      await closeRedis(redis);
    },
  };
}

export type HubWorld = Awaited<ReturnType<typeof createHubWorld>>;
