import { setTimeout as pause } from 'node:timers/promises';
import { createId, type ShowId } from '@souk/protocol/ids';
import { ApiError } from '../../clients/api-error.ts';
import { connectHub, type HubClient } from '../../clients/hub-client.ts';

export interface Talk {
  /** Ids of the entries that the hub has acknowledged so far. */
  readonly acknowledged: ReadonlySet<string>;
  /** Tells nothing new any more; resolves when what was under way has been acknowledged. */
  stop(): Promise<void>;
}

export interface TalkOptions {
  readonly urls: readonly string[];
  readonly tokens: readonly string[];
  readonly showId: ShowId;
  readonly everyMs: number;
}

const RETRY_MS = 100;

/** One guest for each token keeps chatting, by turns at each node; what got no answer is said again at the next node. */
export async function startTalk({ urls, tokens, showId, everyMs }: TalkOptions): Promise<Talk> {
  const acknowledged = new Set<string>();
  let isOver = false;
  const talkers = tokens.map(async (token, index) => {
    let turn = index;
    let hub: HubClient | undefined;
    const say = async (commandId: ReturnType<typeof createId<'command'>>, text: string): Promise<void> => {
      hub ??= await enter(urls[turn % urls.length] ?? '', token, showId);
      const { entryId } = await hub.send('chat:send', { showId, commandId, text });
      acknowledged.add(entryId);
    };
    for (let count = 0; !isOver; count += 1) {
      const commandId = createId('command');
      const text = `Talker ${index} says number ${count}`;
      while (!(await isSaid(() => say(commandId, text)))) {
        hub?.close();
        hub = undefined;
        turn += 1;
        await pause(RETRY_MS);
      }
      await pause(everyMs);
    }
    hub?.close();
  });
  return {
    acknowledged,
    async stop() {
      isOver = true;
      await Promise.all(talkers);
    },
  };
}

/** False when there was no answer, or one that asks to come again. Throws ApiError when the message itself is refused. */
async function isSaid(say: () => Promise<void>): Promise<boolean> {
  try {
    await say();
    return true;
  } catch (error) {
    if (error instanceof ApiError && !error.retryable) throw error;
    return false;
  }
}

async function enter(url: string, token: string, showId: ShowId): Promise<HubClient> {
  const hub = await connectHub(url, token);
  try {
    await hub.join(showId);
    return hub;
  } catch (error) {
    hub.close();
    throw error;
  }
}
