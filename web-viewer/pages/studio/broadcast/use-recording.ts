import type { ShowId } from '@souk/protocol/ids';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../api/session.ts';

const WHILE_RUNNING_MS = 10_000;

/** What there is of a show's recording, and what its crew can do with it. */
export function useRecording(showId: ShowId, isRunning: boolean) {
  const client = useQueryClient();
  const queryKey = ['recording', showId];
  const present = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.call('recording:get', { params: { showId } }, { signal }),
    refetchInterval: isRunning ? WHILE_RUNNING_MS : false,
  });
  const setting = useMutation({
    mutationFn: (isRecorded: boolean) =>
      api.call('recording:set', { params: { showId }, body: { isRecorded } }),
    onSuccess: (answer) => client.setQueryData(queryKey, answer),
  });
  const removing = useMutation({
    mutationFn: () => api.call('recording:remove', { params: { showId } }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey }),
        client.invalidateQueries({ queryKey: ['show', showId] }),
      ]),
  });
  return { present, setting, removing };
}
