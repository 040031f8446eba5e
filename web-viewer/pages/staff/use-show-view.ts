import { errorTable } from '@souk/protocol/error-codes';
import type { ShowId } from '@souk/protocol/ids';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { api } from '../../api/session.ts';
import type { RefreshTicket } from '../../media/media-ticket.ts';

/** The show with its line-up and the caller's media ticket. */
export function useShowView(showId: ShowId) {
  return useQuery({
    queryKey: ['show', showId],
    queryFn: ({ signal }) => api.call('show:get', { params: { showId } }, { signal }),
  });
}

/** Fetches a fresh media ticket of a show; rejects with ApiError SHOW_ENDED when there is none any more. */
export function useRefreshTicket(showId: ShowId): RefreshTicket {
  const client = useQueryClient();
  return useCallback(async () => {
    const view = await api.call('show:get', { params: { showId } });
    client.setQueryData(['show', showId], view);
    if (view.media === null) throw ended();
    return view.media;
  }, [client, showId]);
}

/** Fetches a fresh ticket for the replay of a show; rejects with ApiError RECORDING_NOT_FOUND when it has been removed. */
export function useRefreshReplayTicket(showId: ShowId): RefreshTicket {
  const client = useQueryClient();
  return useCallback(async () => {
    const view = await api.call('show:get', { params: { showId } });
    client.setQueryData(['show', showId], view);
    if (view.replay !== null) return view.replay.ticket;
    const { message, retryable } = errorTable.RECORDING_NOT_FOUND;
    throw new ApiError({ code: 'RECORDING_NOT_FOUND', message, retryable });
  }, [client, showId]);
}

function ended(): ApiError {
  const { message, retryable } = errorTable.SHOW_ENDED;
  return new ApiError({ code: 'SHOW_ENDED', message, retryable });
}
