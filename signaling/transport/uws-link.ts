import type { WebSocket } from 'uWebSockets.js';
import { type AppError, toAppError, toErrorBody } from '@souk/runtime/app-error';
import { isFault } from '../connection/to-refusal.ts';
import { HeldSends } from './held-sends.ts';
import type { Link, LinkListener, TransportOptions } from './hub-transport.ts';
import { encodeAnswer, encodeConnected, encodeEvent, encodeRefused, parsePacket } from './packets.ts';

/** What the native socket keeps; it copies the object, so that the link stands one level down. */
export interface NativeData {
  readonly link: UwsLink;
}

type LinkOptions = Pick<TransportOptions, 'admit' | 'maxHeldBytes' | 'logger'>;

/** What `send` of the native socket answers when its backlog was over the bound, and nothing was sent. */
const DROPPED = 2;

/** One client on uWebSockets.js. One object per client, without timers of its own: there are many. */
export class UwsLink implements Link {
  readonly id: string;
  readonly address: string;
  /** When it opened, on the monotonic clock, milliseconds. */
  readonly openedAt = performance.now();
  readonly #options: LinkOptions;
  #native: WebSocket<NativeData> | undefined;
  #listener: LinkListener | undefined;
  #state: 'greeted' | 'deciding' | 'admitted' | 'refused' | 'closed' = 'greeted';
  #held: HeldSends<string> | undefined;
  #steppedAside = false;

  constructor(id: string, address: string, options: LinkOptions) {
    this.id = id;
    this.address = address;
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#state === 'admitted';
  }

  /** True while the client has not said who it is, or was not let in. */
  get isStranger(): boolean {
    return this.#state === 'greeted' || this.#state === 'refused';
  }

  enter(channel: string): void {
    this.#native?.subscribe(channel);
  }

  exit(channel: string): void {
    this.#native?.unsubscribe(channel);
  }

  send(event: string, data: unknown): void {
    this.#write(encodeEvent(event, data));
  }

  close(): void {
    const native = this.#native;
    this.#forget();
    native?.end(1_000);
  }

  terminate(): void {
    const native = this.#native;
    this.#forget();
    native?.close();
  }

  opened(native: WebSocket<NativeData>, greeting: string): void {
    this.#native = native;
    native.send(greeting);
  }

  heard(text: string): void {
    const packet = parsePacket(text);
    switch (packet?.kind) {
      case 'nothing':
        return;
      case 'connect':
        if (this.#state === 'greeted') void this.#connect(packet.auth);
        else this.close();
        return;
      case 'event':
        if (this.#state === 'admitted') this.#event(packet.name, packet.args, packet.ackId);
        else this.close();
        return;
      default:
        this.close();
    }
  }

  /** The native socket has left out a message: its backlog is over the bound. */
  dropped(): void {
    if (this.#held !== undefined) return;
    this.#held = new HeldSends();
    // Not now: a publish is walking through the subscribers of the channel.
    setImmediate(() => this.#stepAside());
  }

  /** The native socket has sent all that waited. */
  drained(): void {
    const held = this.#held;
    if (held === undefined) return;
    this.#stepAside();
    this.#held = undefined;
    for (let text = held.next(); text !== undefined; text = held.next()) this.#write(text);
    if (this.#held !== undefined) return;
    this.#steppedAside = false;
    this.#listener?.onCaughtUp();
  }

  closed(): void {
    this.#forget();
  }

  async #connect(auth: unknown): Promise<void> {
    this.#state = 'deciding';
    try {
      const listener = await this.#options.admit(this, auth);
      if (this.#native === undefined) {
        listener.onClosed();
        return;
      }
      this.#listener = listener;
      this.#state = 'admitted';
      this.#write(encodeConnected(this.id));
    } catch (error) {
      this.#refuse(toAppError(error));
    }
  }

  #refuse(refusal: AppError): void {
    if (isFault(refusal)) {
      this.#options.logger.error({ event: 'handshake-failed', err: refusal });
    }
    if (this.#native === undefined) return;
    this.#state = 'refused';
    this.#write(encodeRefused(refusal.code, toErrorBody(refusal)));
  }

  #event(name: string, args: readonly unknown[], ackId: string | undefined): void {
    if (ackId === undefined) {
      this.#listener?.onEvent(name, args, undefined);
      return;
    }
    let answered = false;
    this.#listener?.onEvent(name, args, (answer) => {
      if (answered) return;
      answered = true;
      this.#write(encodeAnswer(ackId, answer));
    });
  }

  #write(text: string): void {
    if (this.#native === undefined) return;
    if (this.#held === undefined && this.#native.send(text) !== DROPPED) return;
    this.dropped();
    if (this.#held?.add(text, text.length, this.#options.maxHeldBytes) !== true) this.terminate();
  }

  #stepAside(): void {
    if (this.#steppedAside || this.#held === undefined) return;
    this.#steppedAside = true;
    this.#listener?.onBehind();
  }

  #forget(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#native = undefined;
    this.#held = undefined;
    const listener = this.#listener;
    this.#listener = undefined;
    listener?.onClosed();
  }
}
