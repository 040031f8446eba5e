import type { ShowId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Executor } from '../db/database.ts';
import type { HandlersOf } from '../http/route-handlers.ts';
import type { CreateShow } from './create-show.ts';
import type { Pins } from './pin-product.ts';
import type { ReadTimeline } from './read-timeline.ts';
import type { RenameShow } from './rename-show.ts';
import type { SetLineup } from './set-lineup.ts';
import type { ShowLifecycle } from './show-lifecycle.ts';
import type { ShowPages } from './show-pages.ts';
import { findShowsOfHost, getShowCard } from './show-repository.ts';
import type { GetShowSummary } from './show-summary.ts';
import type { GetShowView } from './show-view.ts';

export interface ShowsDeps {
  readonly orm: Executor;
  readonly createShow: CreateShow;
  readonly getShowView: GetShowView;
  readonly renameShow: RenameShow;
  readonly setLineup: SetLineup;
  readonly lifecycle: ShowLifecycle;
  readonly getSummary: GetShowSummary;
  readonly readTimeline: ReadTimeline;
  readonly pins: Pins;
  readonly pages: ShowPages;
}

type ShowNames =
  | 'show:list'
  | 'show:get'
  | 'show:create'
  | 'show:rename'
  | 'lineup:set'
  | 'show:go-live'
  | 'show:end'
  | 'show:stop'
  | 'show:summary'
  | 'pin:set'
  | 'pin:clear'
  | 'timeline:read';

export function createShowsRoutes(deps: ShowsDeps): HandlersOf<ShowNames> {
  const { orm, lifecycle, pins, pages } = deps;
  const readChanged = async (showId: ShowId) => {
    pages.forget(showId);
    return { show: await getShowCard(orm, showId) };
  };
  return {
    'show:list': async ({ query, caller }) => {
      if (query.scope !== 'mine') return { shows: await pages.list(query.scope) };
      if (caller === undefined) throw new AppError('UNAUTHENTICATED');
      return { shows: await findShowsOfHost(orm, caller.userId) };
    },
    'show:get': ({ params, caller }) => deps.getShowView(caller, params.showId),
    'show:create': async ({ body, caller }) => {
      const showId = await deps.createShow(caller, body);
      return deps.getShowView(caller, showId);
    },
    'show:rename': async ({ params, body }) => {
      await deps.renameShow(params.showId, body.title);
      return readChanged(params.showId);
    },
    'lineup:set': async ({ params, body }) => {
      const lineup = await deps.setLineup(params.showId, body.productIds);
      pages.forget(params.showId);
      return { lineup };
    },
    'show:go-live': async ({ params }) => {
      await lifecycle.goLive(params.showId);
      return readChanged(params.showId);
    },
    'show:end': async ({ params, body, caller }) => {
      const end = { reason: 'ended-by-host', actorId: caller.userId, note: body.reason } as const;
      await lifecycle.end(params.showId, end);
      return readChanged(params.showId);
    },
    'show:stop': async ({ params, body, caller }) => {
      const end = { reason: 'ended-by-moderator', actorId: caller.userId, note: body.reason } as const;
      await lifecycle.end(params.showId, end);
      return readChanged(params.showId);
    },
    'timeline:read': ({ params, query, caller }) => deps.readTimeline(caller, params.showId, query),
    'show:summary': ({ params }) => deps.getSummary(params.showId),
    'pin:set': async ({ params, body }) => {
      await pins.set(params.showId, body);
      return {};
    },
    'pin:clear': async ({ params, query }) => {
      await pins.clear(params.showId, query.at);
      return {};
    },
  };
}
