import type { TemplatedApp, WebSocket } from 'uWebSockets.js';
import { Adapter, type BroadcastOptions } from 'socket.io-adapter';

interface NativeSocket {
  readonly conn: {
    readonly transport: { readonly readyState: string; readonly socket?: WebSocket<unknown> };
  };
}

/** What this adapter uses of a namespace; socket.io types it as `any`. */
interface Namespace {
  readonly name: string;
  readonly sockets: ReadonlyMap<string, NativeSocket>;
  readonly server: { readonly encoder: { encode(packet: unknown): unknown[] } };
}

const ENGINE_MESSAGE = '4';

/**
 * Makes an adapter whose rooms are topics of one uWebSockets.js app: a frame for a room is encoded once and published
 * natively. socket.io has the same in `attachApp`, but patches the prototype that all adapters of a process share, so
 * that a second hub in the process would publish to the wrong app.
 */
export function createUwsAdapter(app: Pick<TemplatedApp, 'publish'>): typeof Adapter {
  return class UwsAdapter extends Adapter {
    override addAll(id: string, rooms: Set<string>): void {
      super.addAll(id, rooms);
      for (const room of rooms) if (room !== id) this.#native(id)?.subscribe(this.#topic(room));
    }

    override del(id: string, room: string): void {
      super.del(id, room);
      this.#native(id)?.unsubscribe(this.#topic(room));
    }

    override delAll(id: string): void {
      const native = this.#native(id);
      for (const room of this.sids.get(id) ?? []) native?.unsubscribe(this.#topic(room));
      super.delAll(id);
    }

    override broadcast(packet: { nsp?: string }, options: BroadcastOptions): void {
      const [room, ...others] = options.rooms;
      const isPlain = room !== undefined && others.length === 0 && !options.except?.size;
      if (!isPlain || this.sids.has(room)) {
        super.broadcast(packet, options);
        return;
      }
      if (!this.rooms.has(room)) return;
      packet.nsp = this.#namespace.name;
      for (const part of this.#namespace.server.encoder.encode(packet)) {
        app.publish(this.#topic(room), ENGINE_MESSAGE + String(part), false);
      }
    }

    get #namespace(): Namespace {
      return this.nsp as Namespace;
    }

    #topic(room: string): string {
      return `${this.#namespace.name}\x1f${room}`;
    }

    /** The socket below, as long as it may still be touched. */
    #native(id: string): WebSocket<unknown> | undefined {
      const transport = this.#namespace.sockets.get(id)?.conn.transport;
      return transport?.readyState === 'open' ? transport.socket : undefined;
    }
  };
}
