import { type HubCommandName, hubCommands } from '@souk/protocol/commands/hub-commands';
import { createId, type MerchantId, type ShowId } from '@souk/protocol/ids';
import { type Grant, type Role, roles } from '@souk/protocol/roles';
import { createEntry } from '@souk/protocol/timeline/entries';
import { Manager } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { chat } from './testing/chat.ts';
import { connected, createHubClient } from './testing/hub-client.ts';
import {
  createGuest,
  createHubWorld,
  createViewer,
  type HubWorld,
  type Person,
} from './testing/hub-world.ts';

let world: HubWorld;
beforeAll(async () => {
  world = await createHubWorld(inject('redisUrl'));
});
afterAll(() => world.stop());

const commands = Object.keys(hubCommands) as HubCommandName[];
const matrix = roles.flatMap((role) => commands.map((command) => ({ role, command })));

async function personOf(role: Role, showId: ShowId, merchantId: MerchantId): Promise<Person> {
  if (role === 'guest') return createGuest();
  const person = createViewer();
  const { userId, name } = person;
  const withGrant = (grant: Grant): Person => ({ ...person, grants: [...person.grants, grant] });
  switch (role) {
    case 'viewer':
      return person;
    case 'moderator':
      await world.append(
        showId,
        createEntry('role:granted', Date.now(), { userId, name, role: 'moderator' }, userId),
      );
      return person;
    case 'admin':
      return withGrant({ role, scope: 'platform' });
    default:
      return withGrant({ role, scope: 'merchant', merchantId });
  }
}

async function payloadOf(command: HubCommandName, showId: ShowId, person: Person): Promise<object> {
  switch (command) {
    case 'chat:send':
      return chat(showId, `hello ${createId('command')}`);
    case 'reaction:send':
      return { showId, emoji: '🔥' };
    case 'session:renew':
      return { token: await world.tokenOf(person) };
    case 'clock:sync':
      return {};
    default:
      return { showId };
  }
}

describe('who may send what', () => {
  it.each(matrix)('$command by $role is as the table says', async ({ role, command }) => {
    const { showId, merchantId } = await world.goLive();
    const person = await personOf(role, showId, merchantId);
    const client = await world.connect(person);
    if (command !== 'show:join') await client.must('show:join', { showId });
    const refusal = await client.refusal(command, await payloadOf(command, showId, person));
    const allowed: readonly Role[] = hubCommands[command].roles;
    expect(refusal).toBe(allowed.includes(role) ? undefined : 'FORBIDDEN');
  });

  it.each(commands)('%s by nobody ends the connection, unanswered', async (command) => {
    const client = createHubClient(world.urlOf(0), undefined);
    await expect(connected(client)).rejects.toMatchObject({ message: 'UNAUTHENTICATED' });
    // A connection that has not even said who it is.
    const manager = new Manager(world.urlOf(0), { transports: ['websocket'], reconnection: false });
    const heard: unknown[] = [];
    const closed = new Promise<void>((resolve) => manager.once('close', () => resolve()));
    manager.once('open', () => {
      manager.engine.on('message', (text) => heard.push(text));
      manager.engine.write(`21["${command}",{}]`);
    });
    await closed;
    expect(heard).toEqual([]);
    client.close();
  });
});
