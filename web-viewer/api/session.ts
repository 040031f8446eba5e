import type { Session } from '@souk/protocol/http/auth';
import type { ShowId } from '@souk/protocol/ids';
import type { Role } from '@souk/protocol/roles';
import { createStore, useStore } from 'zustand';
import { type Api, createApi, type TokenSource } from './api-client.ts';
import { lifetimeMsOf } from './token-lifetime.ts';

export type SessionState =
  /** `error`: why the first token has not come; it is asked for again by itself. */
  | { readonly kind: 'starting'; readonly error?: unknown }
  | { readonly kind: 'ready'; readonly session: Session };

/** Refreshed when this share of a token's life has passed. */
const REFRESH_AT_SHARE = 0.8;
const RETRY_MS = 5_000;
const STALE_MARGIN_MS = 5_000;

const store = createStore<SessionState>(() => ({ kind: 'starting' }));
const publicApi = createApi((...args) => fetch(...args));
let pending: Promise<Session> | undefined;
let timer: number | undefined;
/** The show that is watched: the token tells how its owner stands to the shop of it. */
let tokenShowId: ShowId | undefined;
/** By the own clock: when the present token is too old to be shown. Timers stand still while a device sleeps. */
let staleAt = 0;

/** Keeps a session that the server has just given out, and plans the next token. */
export function adoptSession(session: Session): Session {
  store.setState({ kind: 'ready', session }, true);
  const lifetimeMs = lifetimeMsOf(session.accessToken);
  staleAt = Date.now() + lifetimeMs - STALE_MARGIN_MS;
  planRefresh(lifetimeMs * REFRESH_AT_SHARE);
  return session;
}

function planRefresh(delayMs: number): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => {
    refreshSession().catch((error: unknown) => {
      if (store.getState().kind === 'starting') store.setState({ kind: 'starting', error }, true);
      planRefresh(RETRY_MS);
    });
  }, delayMs);
}

/** Asks for a fresh token without waiting for it; one that does not come is asked for again after a while. */
export function renewSession(): void {
  planRefresh(0);
}

/** Tokens from now on tell how this person stands to the shop of this show: a follower, a buyer. */
export function setTokenShow(showId: ShowId | undefined): void {
  tokenShowId = showId;
}

const tokenQuery = () => (tokenShowId === undefined ? {} : { showId: tokenShowId });

/** Asks for a fresh token by the cookie; several callers share one request. Throws ApiError. */
export function refreshSession(): Promise<Session> {
  pending ??= publicApi
    .call('auth:token', { query: tokenQuery() })
    .then(adoptSession)
    .finally(() => {
      pending = undefined;
    });
  return pending;
}

/** The present session, waiting for the first one if need be. Throws ApiError. */
export async function getSession(): Promise<Session> {
  const state = store.getState();
  return state.kind === 'ready' && Date.now() < staleAt ? state.session : refreshSession();
}

const tokens: TokenSource = {
  current: async () => (await getSession()).accessToken,
  refresh: async () => (await refreshSession()).accessToken,
};

/** The page's client of the HTTP API: tokens are handled inside. */
export const api: Api = createApi((...args) => fetch(...args), tokens);

/** Logs in or registers, and keeps the session. Throws ApiError. */
export async function logIn(body: { email: string; password: string }): Promise<Session> {
  return adoptSession(await publicApi.call('auth:login', { query: tokenQuery(), body }));
}

export async function register(body: { email: string; password: string; name: string }): Promise<Session> {
  return adoptSession(await publicApi.call('auth:register', { query: tokenQuery(), body }));
}

/** Ends the session; a guest session begins. */
export async function logOut(): Promise<void> {
  await publicApi.call('auth:logout', {});
  await refreshSession();
}

/** Calls back with each new session from now on; returns the way to stop. */
export function onSessionChange(listener: (session: Session) => void): () => void {
  return store.subscribe((state) => {
    if (state.kind === 'ready') listener(state.session);
  });
}

/** Who is here; undefined until the first token has come. */
export function useSession(): Session | undefined {
  return useStore(store, (state) => (state.kind === 'ready' ? state.session : undefined));
}

/** Why nobody is here yet; undefined while the first token is on its way, and once it has come. */
export function useSessionFault(): unknown {
  return useStore(store, (state) => (state.kind === 'starting' ? state.error : undefined));
}

/** True for a person without an account. */
export function isGuest(session: Session | undefined): boolean {
  return session === undefined || session.grants.every((grant) => grant.role === 'guest');
}

/** True when one of the session's grants carries one of these roles, in whatever scope. */
export function holdsRole(session: Session | undefined, ...wanted: Role[]): boolean {
  return session?.grants.some((grant) => wanted.includes(grant.role)) ?? false;
}
