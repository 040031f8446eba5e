import { BEGINNING } from '@souk/protocol/timeline/entries';
import type { CrowdStats } from './crowd-stats.ts';
import type { Ledger, News } from './ledger.ts';
import { openRawWebSocket, type RawWebSocket } from './web-socket.ts';
import {
  argumentOf,
  type Dialect,
  framePrefix,
  parseFrame,
  REMOVED_PREFIX,
  RESYNC_PREFIX,
  wireAnswerSchema,
  wireRefusalSchema,
  wireResyncSchema,
} from './wire.ts';

export interface ViewerOptions {
  readonly dialect: Dialect;
  /** Addresses of the servers; the next one is tried when one fails. */
  readonly targets: readonly string[];
  readonly token: string;
  readonly showId: string;
  readonly ledger: Ledger;
  readonly stats: CrowdStats;
}

const PING = 0x32;
const JOIN_ACK = '7';
const JOINED_PREFIX = `43${JOIN_ACK}[`;
const RETRY_MS = 250;
const MAX_RETRY_MS = 4_000;
/** How much of a packet of another kind is enough to name it. */
const NAME_LENGTH = 12;

/** One viewer of a show, who comes back by itself for as long as it is not told to leave. */
export class Viewer {
  readonly #options: ViewerOptions;
  readonly #prefix: Buffer;
  #socket: RawWebSocket | undefined;
  #turn = 0;
  #tries = 0;
  #retry: NodeJS.Timeout | undefined;
  #retryAfterMs = 0;
  #state: 'away' | 'connecting' | 'following' | 'over' = 'away';
  #lastNews: News | undefined;
  #cutAt: number | undefined;
  #epoch = '';
  #upTo = BEGINNING;
  #onFollowing: (() => void) | undefined;
  /** The state that everything else came after: its number in the ledger; undefined before the first. */
  base: number | undefined;
  /** Places of the entries after the base, in the order in which they came. */
  heard: number[] = [];

  constructor(options: ViewerOptions) {
    this.#options = options;
    this.#prefix = Buffer.from(framePrefix[options.dialect]);
  }

  get isFollowing(): boolean {
    return this.#state === 'following';
  }

  /** Resolves when it follows the show for the first time, however long that takes. */
  follow(): Promise<void> {
    return new Promise((resolve) => {
      this.#onFollowing = resolve;
      this.#connect();
    });
  }

  /** Loses its connection, and comes back. */
  cut(): void {
    this.#socket?.cut();
  }

  /** Leaves for good. */
  leave(): void {
    this.#state = 'over';
    clearTimeout(this.#retry);
    this.#socket?.cut();
  }

  #connect(): void {
    const { targets, dialect } = this.#options;
    const target = targets[this.#turn % targets.length] ?? '';
    this.#state = 'connecting';
    const path = dialect === 'raw' ? '/' : '/socket.io/?EIO=4&transport=websocket';
    this.#socket = openRawWebSocket({
      url: new URL(path, target),
      onOpen: () => {
        if (dialect === 'raw') this.#following();
      },
      onText: (buffer, start, end) => this.#hear(buffer, start, end),
      onClose: (refusal) => this.#closed(refusal),
    });
  }

  #hear(buffer: Buffer, start: number, end: number): void {
    const { length } = this.#prefix;
    if (end - start > length && buffer.compare(this.#prefix, 0, length, start, start + length) === 0)
      this.#frame(buffer, start, end);
    else if (end - start === 1 && buffer[start] === PING) this.#socket?.send('3');
    else this.#packet(buffer.toString('utf8', start, end));
  }

  #frame(buffer: Buffer, start: number, end: number): void {
    const { ledger, stats, dialect } = this.#options;
    const news = ledger.read(buffer, start, end, this.#lastNews, (text) => {
      const { entries, upTo, epoch } = parseFrame(dialect, text);
      return {
        entries: entries.map((entry) => ledger.note(entry)),
        stamps: entries.map(({ at }) => at),
        upTo,
        epoch,
      };
    });
    this.#lastNews = news;
    this.#upTo = news.upTo;
    this.#epoch = news.epoch;
    const now = Date.now();
    for (const place of news.entries) this.heard.push(place);
    for (const stamp of news.stamps) stats.deliveryMs.add(now - stamp);
    stats.deliveries += news.entries.length;
  }

  #packet(text: string): void {
    if (text.startsWith(JOINED_PREFIX)) this.#answered(argumentOf(text, JOINED_PREFIX));
    else if (text.startsWith(RESYNC_PREFIX)) this.#resynced(argumentOf(text, RESYNC_PREFIX));
    else if (text.startsWith(REMOVED_PREFIX)) this.#options.stats.count('removed');
    else if (text.startsWith('44')) this.#refused(JSON.parse(text.slice(2)));
    else if (text.startsWith('40')) this.#connected();
    else if (text.startsWith('0')) this.#greeted();
    else this.#options.stats.count(`packet ${text.slice(0, NAME_LENGTH)}`);
  }

  #greeted(): void {
    const { dialect, token } = this.#options;
    this.#socket?.send(dialect === 'hub' ? `40${JSON.stringify({ token })}` : '40');
  }

  #connected(): void {
    const { dialect, showId } = this.#options;
    if (dialect !== 'hub') {
      this.#following();
      return;
    }
    const after = this.base === undefined ? {} : { after: { epoch: this.#epoch, id: this.#upTo } };
    this.#socket?.send(`42${JOIN_ACK}${JSON.stringify(['show:join', { showId, ...after }])}`);
  }

  #answered(value: unknown): void {
    const { stats, ledger } = this.#options;
    const answer = wireAnswerSchema.parse(value);
    if (!answer.ok) {
      stats.count(`refused ${answer.error.code}`);
      this.#retryAfterMs = answer.error.retryAfterMs ?? 0;
      this.#socket?.cut();
      return;
    }
    const { data } = answer;
    stats.count(data.kind);
    if (data.kind === 'snapshot') this.#begin(data.state, data.epoch);
    else {
      for (const entry of data.entries) this.heard.push(ledger.note(entry));
      this.#upTo = data.upTo;
      this.#epoch = data.epoch;
    }
    this.#following();
  }

  #resynced(value: unknown): void {
    const { state, epoch, reason } = wireResyncSchema.parse(value);
    this.#options.stats.count(`resync ${reason}`);
    this.#begin(state, epoch);
  }

  #begin(state: { readonly lastId: string }, epoch: string): void {
    this.base = this.#options.ledger.noteState(state);
    this.heard = [];
    this.#upTo = state.lastId;
    this.#epoch = epoch;
  }

  #following(): void {
    this.#state = 'following';
    this.#tries = 0;
    if (this.#cutAt !== undefined) this.#options.stats.backInSyncMs.add(Date.now() - this.#cutAt);
    this.#cutAt = undefined;
    this.#onFollowing?.();
    this.#onFollowing = undefined;
  }

  #refused(value: unknown): void {
    const { message, data } = wireRefusalSchema.parse(value);
    this.#options.stats.count(`refused ${message}`);
    this.#retryAfterMs = data?.retryAfterMs ?? 0;
    this.#socket?.cut();
  }

  #closed(refusal: { readonly status: number; readonly retryAfterMs: number } | undefined): void {
    this.#socket = undefined;
    this.#lastNews = undefined;
    if (this.#state === 'over') return;
    if (refusal !== undefined) this.#options.stats.count(`refused by HTTP ${refusal.status}`);
    if (this.#state === 'following') {
      this.#cutAt = Date.now();
      this.#options.stats.count('closed');
    } else if (refusal === undefined && this.#retryAfterMs === 0) this.#turn += 1;
    this.#state = 'away';
    const advised = Math.max(this.#retryAfterMs, refusal?.retryAfterMs ?? 0);
    this.#retryAfterMs = 0;
    const own = Math.min(MAX_RETRY_MS, RETRY_MS * 2 ** this.#tries);
    this.#tries += 1;
    this.#retry = setTimeout(() => this.#connect(), advised + own * (0.5 + Math.random() / 2));
  }
}
