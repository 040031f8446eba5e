import { createId, type MerchantId, type MessageId, type ShowId } from '@souk/protocol/ids';
import type { ApiClient } from '../clients/api-client.ts';
import { connectHub, type HubClient } from '../clients/hub-client.ts';
import type { World } from '../world/world.ts';
import type { Memory } from './memory.ts';

const LINES = 3;
const STRANGERS = 3;

export interface Talk {
  readonly world: World;
  readonly showId: ShowId;
  readonly host: ApiClient;
  readonly viewer: ApiClient;
  readonly memory: Memory;
}

/** Something to delete, to pin and to report, and something that waits for a moderator. */
export async function talk({ world, showId, host, viewer, memory }: Talk): Promise<void> {
  const [ofHost, ofViewer] = [await host.renew(), await viewer.renew()];
  const say = async (hub: HubClient, line: number): Promise<MessageId> => {
    const text = `Hello ${line} ${createId('command')}`;
    const told = await hub.send('chat:send', { showId, commandId: createId('command'), text });
    for (const actor of ['host', 'moderator', 'viewer']) memory.learn(actor, [showId], told);
    return told.messageId;
  };
  await atHub(world, ofHost.accessToken, showId, (hub) => say(hub, 0));
  const said = await atHub(world, ofViewer.accessToken, showId, (hub) => severally((line) => say(hub, line)));
  const about = said.map((messageId) => ({ userId: ofViewer.userId, messageId }));
  memory.learn('viewer', [showId], about);
  await host.call('chat-filter:set', {
    params: { showId },
    body: { words: [], onMatch: 'hold', review: 'everyone' },
  });
  const held = await atHub(world, ofViewer.accessToken, showId, (hub) => severally((line) => say(hub, line)));
  for (const messageId of held) memory.favour('held', messageId);
}

/** People whom nobody needs: to ban them takes nothing away from the others. */
export function inviteStrangers(memory: Memory): void {
  for (let stranger = 0; stranger < STRANGERS; stranger += 1) memory.favour('stranger', createId('guest'));
}

/** Those who have been banned from all shows of the shop may come in again. Throws ApiError. */
export async function forgiveAll(merchant: ApiClient, merchantId: MerchantId): Promise<void> {
  const { bans } = await merchant.call('ban:list', { params: { merchantId }, query: {} });
  for (const { userId } of bans) await merchant.call('ban:lift', { params: { merchantId, userId } });
}

async function severally<Made>(make: (turn: number) => Promise<Made>): Promise<Made[]> {
  const made: Made[] = [];
  for (let turn = 1; turn <= LINES; turn += 1) made.push(await make(turn));
  return made;
}

async function atHub<Outcome>(
  { signalingUrl }: World,
  accessToken: string,
  showId: ShowId,
  act: (hub: HubClient) => Promise<Outcome>,
): Promise<Outcome> {
  const hub = await connectHub(signalingUrl, accessToken);
  try {
    await hub.join(showId);
    return await act(hub);
  } finally {
    hub.close();
  }
}
