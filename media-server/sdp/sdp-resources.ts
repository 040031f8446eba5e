import { createHash, timingSafeEqual } from 'node:crypto';
import type { MediaSessionId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import { findBearerToken } from '@souk/runtime/tokens';
import type { Link, OpaqueJson, TransportOffer } from '../sfu/sfu-backend.ts';
import { readFragment, writeFragment } from './fragment.ts';
import { type IceCredentials, readIceCredentials, readTransport } from './transport-view.ts';

interface IceLink extends Link {
  readonly offer: TransportOffer;
  restartIce(): Promise<OpaqueJson>;
}

/** A media session, of whichever kind. */
export interface SdpSession {
  readonly id: MediaSessionId;
  readonly link: IceLink;
}

/** A session that was opened with SDP, as the URL in `Location` names it. */
export interface SdpResource<Session extends SdpSession> {
  readonly session: Session;
  /** The mid of the section that carries the transport. */
  readonly mid: string;
  /** Names our present ICE credentials: the ETag. */
  etag(): string;
  /**
   * Takes more candidates, or restarts ICE; then the answer is a fragment with a new ETag. `ifMatch` is the request's
   * header. Throws AppError INVALID_SDP, PRECONDITION_REQUIRED, PRECONDITION_FAILED, MEDIA_SESSION_NOT_FOUND.
   */
  patchIce(ifMatch: string | undefined, text: string): Promise<string | undefined>;
}

export interface SdpResources<Session extends SdpSession> {
  /** Keeps a session until its link ends. `iceUfrag` is the other side's, undefined while it has not been told. */
  add(
    session: Session,
    owner: { readonly token: string; readonly mid: string; readonly iceUfrag?: string },
  ): SdpResource<Session>;
  /**
   * The session of that id, for whoever shows the token that it was opened with. Throws AppError
   * MEDIA_SESSION_NOT_FOUND, UNAUTHENTICATED.
   */
  getOwn(id: MediaSessionId, authorization: string | undefined): SdpResource<Session>;
}

interface Kept<Session extends SdpSession> {
  readonly resource: SdpResource<Session>;
  readonly tokenHash: Buffer;
}

/** The sessions that were opened with SDP, each behind an address that cannot be guessed and the token that opened it. */
export function createSdpResources<Session extends SdpSession>(): SdpResources<Session> {
  const kept = new Map<MediaSessionId, Kept<Session>>();
  return {
    add(session, { token, mid, iceUfrag }) {
      const resource = createResource(session, mid, iceUfrag);
      kept.set(session.id, { resource, tokenHash: hashOf(token) });
      session.link.onEnd(() => kept.delete(session.id));
      return resource;
    },
    getOwn(id, authorization) {
      const found = kept.get(id);
      if (found === undefined) throw new AppError('MEDIA_SESSION_NOT_FOUND');
      const token = findBearerToken(authorization);
      if (token === undefined || !timingSafeEqual(hashOf(token), found.tokenHash))
        throw new AppError('UNAUTHENTICATED');
      return found.resource;
    },
  };
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

function createResource<Session extends SdpSession>(
  session: Session,
  mid: string,
  firstUfrag: string | undefined,
): SdpResource<Session> {
  const { candidates, ice: firstIce } = readTransport(session.link.offer);
  let ice: IceCredentials = firstIce;
  let remoteUfrag = firstUfrag;
  const etag = (): string => `"${ice.usernameFragment}"`;
  return {
    session,
    mid,
    etag,
    async patchIce(ifMatch, text) {
      const { iceUfrag } = readFragment(text);
      assertMatch(ifMatch, etag());
      const isRestart = iceUfrag !== undefined && remoteUfrag !== undefined && iceUfrag !== remoteUfrag;
      if (!isRestart) return undefined;
      ice = readIceCredentials(await session.link.restartIce());
      remoteUfrag = iceUfrag;
      return writeFragment(ice, candidates, mid);
    },
  };
}

/** RFC 9110, section 13.1.1. Candidates name the ICE session that they are of; a restart names any, by `*`. */
function assertMatch(ifMatch: string | undefined, etag: string): void {
  if (ifMatch === undefined) throw new AppError('PRECONDITION_REQUIRED');
  const tags = ifMatch.split(',').map((tag) => tag.trim());
  // Some clients quote the asterisk, as the examples of RFC 9725 do.
  if (!tags.some((tag) => tag === '*' || tag === '"*"' || tag === etag))
    throw new AppError('PRECONDITION_FAILED');
}
