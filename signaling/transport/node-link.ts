import type { Socket } from 'socket.io';
import { HeldSends } from './held-sends.ts';
import type { Link, LinkListener, TransportOptions } from './hub-transport.ts';

type LinkOptions = Pick<TransportOptions, 'maxBacklogBytes' | 'maxHeldBytes'>;

/** What Engine.IO has but does not type: packets that wait for the transport, and the WebSocket with its own backlog. */
interface EngineSocket {
  readonly writeBuffer: readonly { readonly data?: string }[];
  readonly transport: { readonly socket?: { readonly bufferedAmount: number; terminate(): void } };
}

/** One client of socket.io on Node's own server. */
export class NodeLink implements Link {
  readonly id: string;
  readonly address: string;
  readonly #socket: Socket;
  readonly #options: LinkOptions;
  #listener: LinkListener | undefined;
  #held: HeldSends<() => void> | undefined;

  constructor(socket: Socket, address: string, options: LinkOptions) {
    this.id = socket.id;
    this.address = address;
    this.#socket = socket;
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#socket.connected;
  }

  enter(channel: string): void {
    void this.#socket.join(channel);
  }

  exit(channel: string): void {
    void this.#socket.leave(channel);
  }

  send(event: string, data: unknown): void {
    this.#write(() => void this.#socket.emit(event, data), data);
  }

  close(): void {
    // The connection below, not the socket: after a farewell of socket.io clients do not reconnect by themselves.
    this.#socket.conn.close();
  }

  terminate(): void {
    const { socket } = this.#engine.transport;
    if (socket === undefined) this.close();
    else socket.terminate();
  }

  admitted(listener: LinkListener): void {
    this.#listener = listener;
  }

  /** Hands on what socket.io has read. */
  listen(): void {
    this.#socket.onAny((name: string, ...args: unknown[]) => {
      const last = args.at(-1);
      if (typeof last !== 'function') {
        this.#listener?.onEvent(name, args, undefined);
        return;
      }
      this.#listener?.onEvent(name, args.slice(0, -1), (answer) => this.#write(() => last(answer), answer));
    });
    this.#socket.on('disconnect', () => this.#listener?.onClosed());
  }

  /** Looks how much waits for the client. */
  check(): void {
    const bytes = this.#backlogBytes();
    if (this.#held === undefined) {
      if (bytes <= this.#options.maxBacklogBytes) return;
      this.#held = new HeldSends();
      this.#listener?.onBehind();
    } else if (bytes === 0) {
      this.#catchUp(this.#held);
    }
  }

  #catchUp(held: HeldSends<() => void>): void {
    this.#held = undefined;
    for (let send = held.next(); send !== undefined; send = held.next()) send();
    this.#listener?.onCaughtUp();
  }

  #write(send: () => void, data: unknown): void {
    if (this.#held === undefined) send();
    else if (!this.#held.add(send, JSON.stringify(data).length, this.#options.maxHeldBytes)) this.terminate();
  }

  #backlogBytes(): number {
    const { transport, writeBuffer } = this.#engine;
    const waiting = writeBuffer.reduce((sum, { data }) => sum + (data?.length ?? 0), 0);
    return (transport.socket?.bufferedAmount ?? 0) + waiting;
  }

  get #engine(): EngineSocket {
    return this.#socket.conn as unknown as EngineSocket;
  }
}
