import type { MediaTicket } from '@souk/protocol/http/media';
import type { ShowView } from '@souk/protocol/http/shows';
import type { ShowId } from '@souk/protocol/ids';
import { isStaff, type Role } from '@souk/protocol/roles';
import type { TokenSigner } from '@souk/runtime/tokens';
import type { RoleFinder } from '../accounts/role-finder.ts';
import type { Caller } from '../http/caller.ts';
import type { ShowPages } from './show-pages.ts';

/** Base of the media API, a path on the own origin. */
const MEDIA_URL = '/media';
const publisherRoles: readonly Role[] = ['host', 'merchant', 'admin'];

export type GetShowView = (caller: Caller, showId: ShowId) => Promise<ShowView>;

/**
 * A show as one person sees it, with the ticket to its media. Who works on the show sees it as it is now; its audience
 * as it was a moment ago. Throws AppError SHOW_NOT_FOUND.
 */
export function createGetShowView(deps: {
  pages: ShowPages;
  roles: RoleFinder;
  signer: TokenSigner;
}): GetShowView {
  const { pages, roles, signer } = deps;
  return async (caller, showId) => {
    const held = await roles.atShow(caller, showId);
    const { show, lineup } = await (isStaff(held) ? pages.getFresh(showId) : pages.get(showId));
    const media = show.status === 'ended' ? null : await createTicket(signer, caller, showId, held);
    return { show, lineup, media, myRoles: [...held] };
  };
}

async function createTicket(
  signer: TokenSigner,
  caller: Caller,
  showId: ShowId,
  held: ReadonlySet<Role>,
): Promise<MediaTicket> {
  const can = publisherRoles.some((role) => held.has(role)) ? 'publish' : 'watch';
  const { token, expiresAt } = await signer.signMediaTicket({ sub: caller.userId, showId, can });
  return { backend: 'mediasoup', url: MEDIA_URL, token, can, expiresAt };
}
