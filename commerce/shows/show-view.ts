import type { Replay } from '@souk/protocol/http/broadcast';
import type { MediaTicket } from '@souk/protocol/http/media';
import type { ShowView } from '@souk/protocol/http/shows';
import type { ShowId } from '@souk/protocol/ids';
import { isStaff, type Role } from '@souk/protocol/roles';
import type { Clock } from '@souk/runtime/clock';
import type { TokenSigner } from '@souk/runtime/tokens';
import type { RoleFinder } from '../accounts/role-finder.ts';
import type { Caller } from '../http/caller.ts';
import type { BanGuard } from '../moderation/ban-guard.ts';
import type { RecordingFacts } from '../recordings/recording-repository.ts';
import { toReplayStatus } from '../recordings/recording-view.ts';
import type { Retention } from '../recordings/retention.ts';
import type { ShowPages } from './show-pages.ts';

/** Base of the media API, a path on the own origin. */
const MEDIA_URL = '/media';
const publisherRoles: readonly Role[] = ['host', 'merchant', 'admin'];

export type GetShowView = (caller: Caller, showId: ShowId) => Promise<ShowView>;

/**
 * A show as one person sees it, with the ticket to its media. Who works on the show sees it as it is now; its audience
 * as it was a moment ago. Throws AppError SHOW_NOT_FOUND, BANNED.
 */
export function createGetShowView(deps: {
  pages: ShowPages;
  bans: BanGuard;
  roles: RoleFinder;
  signer: TokenSigner;
  retention: Retention;
  clock: Clock;
}): GetShowView {
  const { pages, bans, roles, signer, retention, clock } = deps;
  return async (caller, showId) => {
    const [held] = await Promise.all([
      roles.atShow(caller, showId),
      bans.assertNotBanned(showId, caller.userId),
    ]);
    const page = await (isStaff(held) ? pages.getFresh(showId) : pages.get(showId));
    const { show, lineup, facts } = page;
    const can = publisherRoles.some((role) => held.has(role)) ? 'publish' : 'watch';
    const replayStatus = toReplayStatus(facts, retention, clock.now());
    return {
      show,
      lineup,
      media: show.status === 'ended' ? null : await createTicket(signer, caller, showId, can),
      isRecorded: facts.isRecorded,
      replayStatus,
      replay: replayStatus === 'ready' ? await createReplay(signer, caller, facts) : null,
      myRoles: [...held],
    };
  };
}

async function createTicket(
  signer: TokenSigner,
  caller: Caller,
  showId: ShowId,
  can: MediaTicket['can'],
): Promise<MediaTicket> {
  const { token, expiresAt } = await signer.signMediaTicket({ sub: caller.userId, showId, can });
  return { backend: 'mediasoup', url: MEDIA_URL, token, can, expiresAt };
}

async function createReplay(
  signer: TokenSigner,
  caller: Caller,
  { recording }: RecordingFacts,
): Promise<Replay | null> {
  if (recording === null) return null;
  const { showId, startedAt, durationMs } = recording;
  return { ticket: await createTicket(signer, caller, showId, 'watch'), startedAt, durationMs };
}
