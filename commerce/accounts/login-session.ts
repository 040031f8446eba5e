import type { UserId } from '@souk/protocol/ids';

/** Whom a session belongs to: an account, or a guest who has only this session. */
export type SessionOwner =
  | { readonly kind: 'user'; readonly userId: UserId }
  | { readonly kind: 'guest'; readonly userId: UserId; readonly name: string };

/** A browser's server-side session, behind an HttpOnly cookie. */
export interface LoginSession {
  /** Undefined for a browser that has none yet. */
  find(): SessionOwner | undefined;
  /** Binds the session to that person under a new session id. */
  begin(owner: SessionOwner): Promise<void>;
  /** Changes what is known of the same person. */
  update(owner: SessionOwner): Promise<void>;
  /** Forgets the session; the cookie is worthless from then on. */
  end(): Promise<void>;
}
