import type { Session } from '@souk/protocol/http/auth';
import { createId } from '@souk/protocol/ids';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHubSocket } from './hub-socket.ts';

type Listener = (payload?: unknown) => void;
type Auth = (give: (auth: { token?: string }) => void) => void;

/** A socket.io client without a network: what it does is noted, what happens to it is said by the test. */
class FakeSocket {
  connected = false;
  active = true;
  readonly done: string[] = [];
  readonly listeners = new Map<string, Set<Listener>>();
  emitted = vi.fn(async (..._args: unknown[]): Promise<unknown> => ({ ok: true, data: { expiresAt: 1 } }));
  on(event: string, listener: Listener): void {
    this.listeners.set(event, (this.listeners.get(event) ?? new Set()).add(listener));
  }
  off(event: string, listener: Listener): void {
    this.listeners.get(event)?.delete(listener);
  }
  tell(event: string, payload?: unknown): void {
    if (event === 'connect') this.connected = true;
    for (const listener of this.listeners.get(event) ?? []) listener(payload);
  }
  connect(): this {
    this.done.push('connect');
    this.active = true;
    return this;
  }
  disconnect(): this {
    this.done.push('disconnect');
    this.connected = false;
    this.active = false;
    this.tell('disconnect');
    return this;
  }
  timeout() {
    return { emitWithAck: this.emitted };
  }
}

const fake = vi.hoisted(() => ({ socket: undefined as unknown, auth: undefined as unknown }));
vi.mock('socket.io-client', () => ({
  io: (options: { auth: unknown }) => {
    fake.auth = options.auth;
    return fake.socket;
  },
}));

const sessionOf = (accessToken: string, userId = createId('user')): Session => ({
  userId,
  name: 'Vera',
  grants: [],
  accessToken,
  expiresAt: 0,
});

describe('the connection to the hub', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  async function setUp() {
    const socket = new FakeSocket();
    fake.socket = socket;
    const present = sessionOf('present');
    const store = { session: present };
    const refreshSession = vi.fn(async () => sessionOf('fresh', present.userId));
    let change: (session: Session) => void = () => undefined;
    const hub = createHubSocket({
      getSession: async () => store.session,
      refreshSession,
      onSessionChange: (listener) => {
        change = listener;
        return () => undefined;
      },
    });
    const handIn = (): Promise<{ token?: string }> => new Promise((resolve) => (fake.auth as Auth)(resolve));
    await handIn();
    const become = (session: Session): void => {
      store.session = session;
      change(session);
    };
    return { hub, socket, present, refreshSession, handIn, become };
  }

  it('refuses at once what is said while it is down, so that nothing arrives late and out of place', async () => {
    const { hub, socket } = await setUp();
    await expect(hub.send('clock:sync', {})).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(socket.emitted).not.toHaveBeenCalled();
  });

  it('hands in a new token after it was cut for an old one', async () => {
    const { socket, refreshSession, handIn } = await setUp();
    expect(await handIn()).toEqual({ token: 'present' });
    socket.tell('cut', { reason: 'token-expired' });
    expect(await handIn()).toEqual({ token: 'fresh' });
    expect(await handIn()).toEqual({ token: 'present' });
    socket.tell('cut', { reason: 'server-stopping' });
    expect(await handIn()).toEqual({ token: 'present' });
    expect(refreshSession).toHaveBeenCalledOnce();
  });

  it('starts anew, once, when somebody else came while it was being made', async () => {
    const { socket, handIn, become } = await setUp();
    become(sessionOf('other'));
    socket.tell('connect');
    expect(socket.done).toEqual(['disconnect', 'connect']);
    await handIn();
    socket.tell('connect');
    expect(socket.done).toHaveLength(2);
  });

  it('renews the session of the same person, and starts anew without asking for more when that is refused', async () => {
    const { socket, present, refreshSession, become } = await setUp();
    socket.tell('connect');
    socket.emitted.mockResolvedValueOnce({
      ok: false,
      error: { code: 'RATE_LIMITED', message: '', retryable: true },
    });
    become({ ...present, accessToken: 'renewed' });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(socket.emitted).toHaveBeenCalledExactlyOnceWith('session:renew', { token: 'renewed' });
    expect(socket.done).toEqual(['disconnect', 'connect']);
    expect(refreshSession).not.toHaveBeenCalled();
  });

  it('comes back with a fresh token after a refusal', async () => {
    const { socket, refreshSession } = await setUp();
    socket.active = false;
    socket.tell('connect_error');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(refreshSession).toHaveBeenCalledOnce();
    expect(socket.done).toEqual(['connect']);
  });
});
