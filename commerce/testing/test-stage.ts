import { createId, type MessageId, type ShowId, type UserId } from '@souk/protocol/ids';
import {
  BEGINNING,
  createEntry,
  type Entry,
  type EntryOf,
  type EntryType,
} from '@souk/protocol/timeline/entries';
import { foldShow } from '@souk/protocol/timeline/reducer';
import type { ShowState } from '@souk/protocol/timeline/state';
import { createTestClient, type TestClient } from './test-client.ts';
import { startTestCommerce, type TestCommerce } from './test-commerce.ts';
import { createTestShop, TEST_PASSWORD, type TestShop } from './test-shop.ts';

const roles = ['host', 'merchant', 'moderator', 'viewer', 'admin'] as const;
type People = Readonly<Record<(typeof roles)[number] | 'guest', TestClient>>;

/** A show on air with its staff and a viewer, each with a client. */
export interface TestStage {
  readonly commerce: TestCommerce;
  readonly shop: TestShop;
  readonly people: People;
  readonly guestId: UserId;
  readonly showId: ShowId;
  /** Another show of the same shop, on air and with the same moderator. */
  createShow(): Promise<ShowId>;
  /** Puts a message into the chat, or among those that wait, as the hub does. */
  say(message: Saying): Promise<MessageId>;
  /** What the timeline of a show tells, once all that was committed has been told. */
  read(showId?: ShowId): Promise<Entry[]>;
  readOf<Type extends EntryType>(type: Type, showId?: ShowId): Promise<EntryOf<Type>[]>;
  state(showId?: ShowId): Promise<ShowState>;
  stop(): Promise<void>;
}

interface Saying {
  readonly userId: UserId;
  readonly text: string;
  readonly at?: number;
  readonly isHeld?: boolean;
  readonly showId?: ShowId;
}

export async function startTestStage(
  options: Parameters<typeof startTestCommerce>[0] = {},
): Promise<TestStage> {
  const commerce = await startTestCommerce(options);
  const shop = await createTestShop(commerce.foundation);
  const { timeline, relay, clock } = commerce.foundation;
  const logIn = async (role: (typeof roles)[number]): Promise<TestClient> => {
    const client = createTestClient(commerce.http);
    await client.login(`${role}@souk.test`, TEST_PASSWORD);
    return client;
  };
  const guest = createTestClient(commerce.http);
  const { userId: guestId } = await guest.renew();
  const people: People = {
    host: await logIn('host'),
    merchant: await logIn('merchant'),
    moderator: await logIn('moderator'),
    viewer: await logIn('viewer'),
    admin: await logIn('admin'),
    guest,
  };
  const createShow = async (): Promise<ShowId> => {
    const body = { merchantId: shop.merchantId, title: 'Staged', productIds: [...shop.productIds] };
    const showId = (await people.host.get('show:create', { body })).show.id;
    await people.host.get('show:go-live', { params: { showId } });
    const email = 'moderator@souk.test';
    await people.host.get('moderator:invite', { params: { showId }, body: { email } });
    await relay.drain();
    return showId;
  };
  const first = await createShow();
  const read = async (showId = first): Promise<Entry[]> => {
    await relay.drain();
    return timeline.read(showId, { after: BEGINNING, limit: 1_000 });
  };
  return {
    commerce,
    shop,
    people,
    guestId,
    showId: first,
    createShow,
    read,
    async say({ userId, text, at = clock.now(), isHeld = false, showId = first }) {
      const messageId = createId('message');
      const role = userId.startsWith('gst_') ? 'guest' : 'viewer';
      const data = { messageId, userId, name: 'Speaker', role, text } as const;
      const entry = isHeld
        ? createEntry('chat:held', at, { ...data, cause: 'hook' }, userId)
        : createEntry('chat:sent', at, data);
      await timeline.append(showId, entry);
      return messageId;
    },
    async readOf(type, showId) {
      const entries = await read(showId);
      return entries.filter((entry) => entry.type === type) as never;
    },
    state: async (showId) => foldShow(await read(showId)),
    stop: () => commerce.stop(),
  };
}
