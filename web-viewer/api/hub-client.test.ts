import type { Frame, JoinAnswer } from '@souk/protocol/commands/frames';
import { createId } from '@souk/protocol/ids';
import { createEntry, type Entry, type NewEntry } from '@souk/protocol/timeline/entries';
import { emptyShowState } from '@souk/protocol/timeline/state';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError, unavailable } from './api-error.ts';
import { createHubClient } from './hub-client.ts';
import type { HubSocket } from './hub-socket.ts';
import { createServerClock } from './server-clock.ts';

const showId = createId('show');
const me = createId('user');

function snapshot(lastId: string): JoinAnswer {
  return {
    kind: 'snapshot',
    state: { ...emptyShowState, lastId, status: 'live' },
    epoch: 'e1',
    levels: {},
    serverTime: 1,
    isStaff: false,
  };
}

function withId(entry: NewEntry, id: string): Entry {
  return { ...entry, id } as Entry;
}

const pinned = (id: string): Entry =>
  withId(createEntry('product:pinned', 1, { productId: createId('product') }), id);

/** A hub whose joins are answered by the test. */
function createFakeHub() {
  const listeners = new Map<string, ((payload?: unknown) => void)[]>();
  const joins: { payload: { after?: unknown }; answer(by: JoinAnswer): void; refuse(error: Error): void }[] =
    [];
  const leaves = vi.fn();
  const person = { id: me as string };
  const socket = {
    connected: true,
    connect: vi.fn(),
    on: (event: string, listener: () => void) =>
      listeners.set(event, [...(listeners.get(event) ?? []), listener]),
  };
  const tell = (event: string, payload?: unknown): void => {
    for (const listener of listeners.get(event) ?? []) listener(payload);
  };
  const send = (name: string, payload: object): Promise<unknown> => {
    if (name === 'clock:sync') return new Promise(() => undefined);
    if (name === 'show:leave') leaves();
    if (name !== 'show:join') return Promise.resolve({});
    return new Promise((resolve, reject) => {
      joins.push({ payload, answer: resolve, refuse: reject });
    });
  };
  const renewSession = vi.fn();
  const hubSocket = { socket, send, userId: () => person.id } as unknown as HubSocket;
  const client = createHubClient(hubSocket, createServerClock(), renewSession);
  return {
    client,
    joins,
    leaves,
    person,
    renewSession,
    tell,
    frame: (entries: Entry[], upTo: string, epoch = 'e1') =>
      tell('frame', { showId, epoch, entries, upTo, serverTime: 1 } satisfies Frame),
    lose: () => {
      socket.connected = false;
      tell('disconnect');
    },
    comeBack: () => {
      socket.connected = true;
      tell('connect');
    },
  };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

describe('a page that follows a show', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  async function follow() {
    const hub = createFakeHub();
    const following = hub.client.follow(showId);
    hub.joins[0]?.answer(snapshot('5-0'));
    await settle();
    return { ...hub, ...following };
  }

  it('does not begin with frames when its first join got no answer', async () => {
    const hub = createFakeHub();
    const { feed } = hub.client.follow(showId);
    hub.frame([pinned('9-0')], '9-0');
    hub.joins[0]?.refuse(unavailable());
    await settle();
    hub.frame([pinned('10-0')], '10-0');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(hub.joins[1]?.payload.after).toBeUndefined();
    hub.joins[1]?.answer(snapshot('10-0'));
    await settle();
    expect(feed.store.getState().show.status).toBe('live');
  });

  it('does not skip what it missed when the join after a loss got no answer', async () => {
    const hub = await follow();
    hub.lose();
    hub.comeBack();
    hub.joins[1]?.refuse(unavailable());
    await settle();
    hub.frame([pinned('9-0')], '9-0');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(hub.joins[2]?.payload.after).toEqual({ epoch: 'e1', id: '5-0' });
  });

  it('joins without a position when the own role changes, and asks for a new token', async () => {
    const hub = await follow();
    const data = { userId: me, name: 'Mo', role: 'moderator' } as const;
    hub.frame([withId(createEntry('role:granted', 1, data, me), '6-0')], '6-0');
    await settle();
    expect(hub.joins[1]?.payload.after).toBeUndefined();
    expect(hub.renewSession).toHaveBeenCalledOnce();
  });

  it('leaves the roles of others alone', async () => {
    const hub = await follow();
    const other = createId('user');
    const data = { userId: other, role: 'moderator' } as const;
    hub.frame([withId(createEntry('role:revoked', 1, data, other), '6-0')], '6-0');
    await settle();
    expect(hub.joins).toHaveLength(1);
  });

  it('begins anew when another person comes back on the connection', async () => {
    const hub = await follow();
    hub.lose();
    hub.person.id = createId('user');
    hub.comeBack();
    expect(hub.joins[1]?.payload.after).toBeUndefined();
  });

  it('leaves a show that it stopped following while it was joining', async () => {
    const hub = createFakeHub();
    const { stop } = hub.client.follow(showId);
    stop();
    expect(hub.leaves).not.toHaveBeenCalled();
    hub.joins[0]?.answer(snapshot('5-0'));
    await settle();
    expect(hub.leaves).toHaveBeenCalledOnce();
  });

  it('looks again for a show whose timeline has not begun', async () => {
    const hub = createFakeHub();
    const { feed } = hub.client.follow(showId);
    hub.joins[0]?.refuse(new ApiError({ code: 'SHOW_NOT_FOUND', message: '', retryable: false }));
    await settle();
    expect(feed.store.getState().status).toEqual({ kind: 'refused', code: 'SHOW_NOT_FOUND' });
    await vi.advanceTimersByTimeAsync(5_000);
    hub.joins[1]?.answer(snapshot('5-0'));
    await settle();
    expect(feed.store.getState().status).toEqual({ kind: 'following' });
  });

  it('gets a fresh token when the hub finds the present one too old', async () => {
    const hub = createFakeHub();
    hub.client.follow(showId);
    hub.joins[0]?.refuse(new ApiError({ code: 'TOKEN_EXPIRED', message: '', retryable: true }));
    await settle();
    expect(hub.renewSession).toHaveBeenCalledOnce();
  });

  it('does not try again after it stopped', async () => {
    const hub = createFakeHub();
    const { stop } = hub.client.follow(showId);
    hub.joins[0]?.refuse(unavailable());
    await settle();
    stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(hub.joins).toHaveLength(1);
  });

  it('takes a state in the place of what it was too slow for, and goes on from there', async () => {
    const hub = await follow();
    const { kind: _, ...state } = snapshot('9-0');
    hub.tell('resync', { showId, reason: 'too-slow', ...state });
    hub.frame([pinned('10-0')], '10-0');
    await settle();
    expect(hub.joins).toHaveLength(1);
  });

  it('stays outside when it was sent out, until the person wants back in', async () => {
    const hub = createFakeHub();
    const { feed } = hub.client.follow(showId);
    hub.joins[0]?.answer(snapshot('5-0'));
    await settle();
    hub.tell('removed', { showId, reason: 'disconnected' });
    hub.lose();
    hub.comeBack();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(feed.store.getState().status).toEqual({ kind: 'removed', reason: 'disconnected' });
    expect(hub.joins).toHaveLength(1);
    hub.client.comeBack(showId);
    hub.joins[1]?.answer(snapshot('6-0'));
    await settle();
    expect(feed.store.getState().status).toEqual({ kind: 'following' });
  });

  it('waits for as long as a full hub asks for', async () => {
    const hub = createFakeHub();
    hub.client.follow(showId);
    const refusal = { code: 'OVERLOADED', message: '', retryable: true, retryAfterMs: 7_300 } as const;
    hub.joins[0]?.refuse(new ApiError(refusal));
    await vi.advanceTimersByTimeAsync(7_290);
    expect(hub.joins).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(20);
    expect(hub.joins).toHaveLength(2);
  });
});
