import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import WebSocket from 'ws';

/**
 * A client written from docs/protocol.md alone, without socket.io, without the reducer and without the types of this
 * house: what it cannot do, the page does not say.
 */

interface Place {
  readonly epoch: string;
  readonly id: string;
}
interface PlainEntry {
  readonly id: string;
  readonly at: number;
  readonly type: string;
  readonly data: Record<string, unknown>;
}
interface PlainMessage extends Record<string, unknown> {
  readonly messageId: string;
  readonly repeats: number;
}
/** The two parts of a show that this client shows. */
interface PlainState {
  readonly chat: readonly PlainMessage[];
  readonly pinnedProductId: string | null;
}
type Show = {
  showId: string;
  state: PlainState;
  place: Place | undefined;
  waiting: PlainEvent[] | undefined;
};
type PlainEvent = readonly [name: string, data: Record<string, unknown>];
type PlainAnswer =
  | { readonly ok: true; readonly data: Record<string, unknown> }
  | { readonly ok: false; readonly error: { readonly code: string; readonly retryAfterMs?: number } };

const ID_SIGNS = '0123456789abcdefghjkmnpqrstvwxyz';

export function createCommandId(): string {
  return `cmd_${Array.from(randomBytes(20), (byte) => ID_SIGNS[byte % 32]).join('')}`;
}

export class PlainClient {
  readonly news = new EventEmitter();
  readonly removals: unknown[] = [];
  #socket: WebSocket | undefined;
  #answers = new Map<number, (answer: PlainAnswer) => void>();
  #asked = 0;
  #show: Show | undefined;

  get state(): PlainState | undefined {
    return this.#show?.state;
  }

  get place(): Place | undefined {
    return this.#show?.place;
  }

  /** Resolves when the hub has let the client in; rejects with the code of the refusal. */
  async connect(site: string, token: string): Promise<void> {
    const socket = new WebSocket(`${site.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`);
    this.#socket = socket;
    const admitted = new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.on('message', (message) => {
        const packet = String(message);
        if (packet.startsWith('0')) socket.send(`40${JSON.stringify({ token })}`);
        else if (packet === '2') socket.send('3');
        else if (packet.startsWith('40')) resolve();
        else if (packet.startsWith('44')) reject(new Error(JSON.parse(packet.slice(2)).message));
        else if (packet.startsWith('43')) this.#hearAnswer(packet.slice(2));
        else if (packet.startsWith('42')) this.#hear(JSON.parse(packet.slice(2)));
      });
    });
    await admitted;
  }

  async close(): Promise<void> {
    const socket = this.#socket;
    if (socket === undefined || socket.readyState === WebSocket.CLOSED) return;
    socket.close();
    await once(socket, 'close');
  }

  /** Resolves when the connection has ended. */
  async ended(): Promise<void> {
    const socket = this.#socket;
    if (socket !== undefined && socket.readyState !== WebSocket.CLOSED) await once(socket, 'close');
  }

  command(name: string, payload: unknown): Promise<PlainAnswer> {
    const number = this.#asked;
    this.#asked += 1;
    return new Promise((resolve) => {
      this.#answers.set(number, resolve);
      this.#socket?.send(`42${number}${JSON.stringify([name, payload])}`);
    });
  }

  /** Joins a show, or joins it again with the place that is known. Gives the kind of the answer, or the refusal's code. */
  async join(showId: string): Promise<unknown> {
    this.#show ??= {
      showId,
      state: { chat: [], pinnedProductId: null },
      place: undefined,
      waiting: undefined,
    };
    const show = this.#show;
    show.waiting = [];
    const answer = await this.command('show:join', {
      showId,
      ...(show.place === undefined ? {} : { after: show.place }),
    });
    if (!answer.ok) return answer.error.code;
    const { data } = answer;
    if (data['kind'] === 'snapshot') this.#replace(show, data);
    else {
      this.#apply(show, data['entries'] as PlainEntry[]);
      show.place = { epoch: String(data['epoch']), id: String(data['upTo']) };
    }
    const { waiting } = show;
    show.waiting = undefined;
    for (const event of waiting) this.#hear(event);
    this.news.emit('news');
    return data['kind'];
  }

  #hearAnswer(text: string): void {
    const start = text.indexOf('[');
    const number = Number(text.slice(0, start));
    this.#answers.get(number)?.(JSON.parse(text.slice(start))[0]);
    this.#answers.delete(number);
  }

  #hear(event: PlainEvent): void {
    const [name, data] = event;
    const show = this.#show;
    if (show === undefined || data['showId'] !== show.showId) return;
    if (show.waiting !== undefined && (name === 'frame' || name === 'resync')) {
      show.waiting.push(event);
      return;
    }
    if (name === 'frame') this.#hearFrame(show, data);
    if (name === 'resync') this.#replace(show, data);
    if (name === 'removed') {
      this.removals.push(data['reason']);
      this.#show = undefined;
    }
    this.news.emit('news');
  }

  #hearFrame(show: Show, { epoch, entries, upTo }: Record<string, unknown>): void {
    if (show.place === undefined || epoch !== show.place.epoch) {
      void this.join(show.showId);
      return;
    }
    this.#apply(show, entries as PlainEntry[]);
    const id = String(upTo);
    if (isGreater(id, show.place.id)) show.place = { epoch: show.place.epoch, id };
  }

  #replace(show: Show, { epoch, state }: Record<string, unknown>): void {
    const { lastId, chat, pinnedProductId } = state as PlainState & { readonly lastId: string };
    show.state = { chat, pinnedProductId };
    show.place = { epoch: String(epoch), id: lastId };
  }

  #apply(show: Show, entries: readonly PlainEntry[]): void {
    let id = show.place?.id ?? '0-0';
    for (const entry of entries) {
      if (!isGreater(entry.id, id)) continue;
      show.state = fold(show.state, entry);
      id = entry.id;
    }
  }
}

function isGreater(a: string, b: string): boolean {
  const [aMs = 0, aCount = 0] = a.split('-').map(Number);
  const [bMs = 0, bCount = 0] = b.split('-').map(Number);
  return aMs > bMs || (aMs === bMs && aCount > bCount);
}

function fold(state: PlainState, { id, at, type, data }: PlainEntry): PlainState {
  const messageIds = (data['messageIds'] ?? [data['messageId']]) as readonly unknown[];
  switch (type) {
    case 'chat:sent': {
      const message = { ...data, messageId: String(data['messageId']), entryId: id, at, repeats: 0 };
      return { ...state, chat: [...state.chat, message].slice(-100) };
    }
    case 'chat:repeated':
      return {
        ...state,
        chat: state.chat.map((message) =>
          messageIds.includes(message.messageId) ? { ...message, repeats: message.repeats + 1 } : message,
        ),
      };
    case 'chat:deleted':
    case 'chat:purged':
      return { ...state, chat: state.chat.filter(({ messageId }) => !messageIds.includes(messageId)) };
    case 'product:pinned':
      return { ...state, pinnedProductId: String(data['productId']) };
    case 'product:unpinned':
      return data['productId'] === state.pinnedProductId ? { ...state, pinnedProductId: null } : state;
    case 'show:ended':
      return { ...state, pinnedProductId: null };
    default:
      return state;
  }
}
