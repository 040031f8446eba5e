import type { HlsDemand } from '@souk/broadcast/demand';
import { mediaCommands } from '@souk/protocol/http/media';
import { type ShowId, showIdSchema } from '@souk/protocol/ids';
import type { MediaTicketClaims } from '@souk/protocol/roles';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { type HttpServer, ok } from '@souk/runtime/http-server';
import { findBearerToken, type TokenVerifier } from '@souk/runtime/tokens';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { answerOf } from '../../http/answers.ts';
import type { HlsAudience } from '../../stage/hls-audience.ts';
import type { HlsRights } from '../../stage/hls-rights.ts';
import { isBanned, type ShowFollower } from '../../stage/show-follower.ts';
import { createHlsCookie, findHlsCookie } from './hls-cookie.ts';
import { type HlsFiles, isPlaylist } from './hls-files.ts';

export interface HlsRoutesDeps {
  readonly files: HlsFiles;
  readonly demand: HlsDemand;
  readonly audience: HlsAudience;
  readonly shows: Pick<ShowFollower, 'getState'>;
  readonly rights: HlsRights;
  readonly verifier: TokenVerifier;
  readonly clock: Clock;
  /** Base of the files for players where a CDN serves them; without it they are served here. */
  readonly publicUrl: string | undefined;
}

/** How soon it is worth asking again for a playlist that is about to come. */
const RETRY_AFTER_SECONDS = 1;

const hls = mediaCommands['media:hls'];
const fileParams = z.strictObject({ showId: showIdSchema, '*': z.string().max(200) });

/**
 * HLS: a page asks for it with its media ticket, gets a cookie for the files, and says by asking for playlists that
 * somebody watches. To renew the ticket it asks again.
 */
export function addHlsRoutes(server: HttpServer, deps: HlsRoutesDeps): void {
  const { files, demand, audience, shows, rights, verifier, clock, publicUrl } = deps;

  server.post(
    hls.path,
    { schema: { body: hls.body, response: answerOf(hls.response) } },
    async (request, reply) => {
      const token = findBearerToken(request.headers.authorization);
      const claims = await verify(verifier, token);
      const { showId } = claims;
      const { of } = request.body;
      const path = `${of}/master.m3u8`;
      const isThere = await files.has(showId, path);
      if (of === 'replay' && !isThere) throw new AppError('RECORDING_NOT_FOUND');
      if (of === 'live') {
        const state = await shows.getState(showId);
        if (claims.can !== 'publish' && isBanned(state, claims.sub)) throw new AppError('BANNED');
        if (state.status === 'ended') throw new AppError('SHOW_ENDED');
        if (state.status === 'draft') throw new AppError('STREAM_NOT_PUBLISHED');
        rights.renew(showId, claims.sub);
        await demand.note(showId);
      }
      const maxAgeSeconds = Math.max(0, Math.floor(claims.exp - clock.now() / 1_000));
      const isSecure = request.protocol === 'https';
      void reply.header(
        'set-cookie',
        createHlsCookie({ showId, token: token ?? '', maxAgeSeconds, isSecure }),
      );
      return ok({
        playlistUrl:
          publicUrl === undefined ? `/hls/${showId}/${path}` : `${publicUrl}/shows/${showId}/${path}`,
        state: isThere ? ('ready' as const) : ('starting' as const),
      });
    },
  );

  const noteViewer = async (showId: ShowId, path: string, viewerId: string): Promise<void> => {
    if (!isLivePlaylist(path)) return;
    audience.note(showId, viewerId);
    await demand.note(showId);
  };
  const sendFile = async (
    request: FastifyRequest<{ Params: z.output<typeof fileParams> }>,
    reply: FastifyReply,
  ): Promise<FastifyReply> => {
    const { showId, '*': path } = request.params;
    const token = findBearerToken(request.headers.authorization) ?? findHlsCookie(request.headers.cookie);
    const claims = await verify(verifier, token);
    if (claims.showId !== showId) throw new AppError('FORBIDDEN', { detail: 'a ticket of another show' });
    if (isLivePlaylist(path)) await rights.follow(showId);
    rights.assertMayRead({ showId, userId: claims.sub, can: claims.can });
    await noteViewer(showId, path, claims.sub);
    const file = await openFile(files, showId, path, request.headers.range, reply);
    return reply.status(file.status).headers(file.headers).send(file.body);
  };
  server.get('/hls/:showId/*', { schema: { params: fileParams }, exposeHeadRoute: false }, sendFile);
}

/** A live playlist that is not there is about to come, since somebody has just asked for it. */
async function openFile(
  files: HlsFiles,
  showId: ShowId,
  path: string,
  range: string | undefined,
  reply: FastifyReply,
): ReturnType<HlsFiles['open']> {
  try {
    return await files.open(showId, path, range);
  } catch (error) {
    if (isLivePlaylist(path)) void reply.header('retry-after', RETRY_AFTER_SECONDS);
    throw error;
  }
}

function isLivePlaylist(path: string): boolean {
  return isPlaylist(path) && path.startsWith('live/');
}

async function verify(verifier: TokenVerifier, token: string | undefined): Promise<MediaTicketClaims> {
  if (token === undefined) throw new AppError('UNAUTHENTICATED');
  return verifier.verifyMediaTicket(token);
}
