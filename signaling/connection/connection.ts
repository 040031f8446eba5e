import {
  CUT_EVENT,
  type Cut,
  FRAME_EVENT,
  type Frame,
  REMOVED_EVENT,
  RESYNC_EVENT,
  type Removed,
  type Resync,
} from '@souk/protocol/commands/frames';
import type { ShowId } from '@souk/protocol/ids';
import type { Acknowledge, Link, LinkListener } from '../transport/hub-transport.ts';
import type { Session } from './session.ts';

/** What the hub sends of its own accord. */
export interface ServerEvents {
  readonly [FRAME_EVENT]: Frame;
  readonly [RESYNC_EVENT]: Resync;
  readonly [REMOVED_EVENT]: Removed;
  readonly [CUT_EVENT]: Cut;
}

/** One client, as rooms and handlers see it. */
export interface Connection {
  readonly id: string;
  readonly isOpen: boolean;
  /** True while too much waits for this client: it must be in no channel. */
  readonly isBehind: boolean;
  session: Session;
  /** The shows that this client follows. */
  readonly shows: Set<ShowId>;
  enter(channel: string): void;
  exit(channel: string): void;
  /** Sends something to this client alone. */
  send<Name extends keyof ServerEvents>(event: Name, data: ServerEvents[Name]): void;
  /** Tells the client why, then closes; a client that reconnects by itself will come back. */
  cut(reason: Cut['reason']): void;
}

/** What becomes of what a connection says. Shared by all connections of a node. */
export interface ConnectionOwner {
  onEvent(
    connection: HubConnection,
    name: string,
    args: readonly unknown[],
    acknowledge: Acknowledge | undefined,
  ): void;
  onBehind(connection: HubConnection): void;
  onCaughtUp(connection: HubConnection): void;
  onClosed(connection: HubConnection): void;
  onCut(reason: Cut['reason']): void;
  /** A client that is behind for longer is cut. */
  readonly behindMs: number;
}

/** A client that has been let in. A class, not closures: a node keeps many thousands. */
export class HubConnection implements Connection, LinkListener {
  readonly shows = new Set<ShowId>();
  session: Session;
  readonly #link: Link;
  readonly #owner: ConnectionOwner;
  #patience: NodeJS.Timeout | undefined;

  constructor(link: Link, session: Session, owner: ConnectionOwner) {
    this.#link = link;
    this.session = session;
    this.#owner = owner;
  }

  get id(): string {
    return this.#link.id;
  }

  get address(): string {
    return this.#link.address;
  }

  get isOpen(): boolean {
    return this.#link.isOpen;
  }

  get isBehind(): boolean {
    return this.#patience !== undefined;
  }

  enter(channel: string): void {
    this.#link.enter(channel);
  }

  exit(channel: string): void {
    this.#link.exit(channel);
  }

  send<Name extends keyof ServerEvents>(event: Name, data: ServerEvents[Name]): void {
    this.#link.send(event, data);
  }

  cut(reason: Cut['reason']): void {
    this.#owner.onCut(reason);
    this.#link.send(CUT_EVENT, { reason });
    if (reason === 'too-slow') this.#link.terminate();
    else this.#link.close();
  }

  onEvent(name: string, args: readonly unknown[], acknowledge: Acknowledge | undefined): void {
    this.#owner.onEvent(this, name, args, acknowledge);
  }

  onBehind(): void {
    this.#patience ??= setTimeout(() => this.cut('too-slow'), this.#owner.behindMs);
    this.#owner.onBehind(this);
  }

  onCaughtUp(): void {
    this.#endPatience();
    this.#owner.onCaughtUp(this);
  }

  onClosed(): void {
    this.#endPatience();
    this.#owner.onClosed(this);
  }

  #endPatience(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
  }
}
