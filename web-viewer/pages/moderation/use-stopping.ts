import type { ShowId } from '@souk/protocol/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/session.ts';
import { useGrace } from '../staff/use-grace.ts';

/** Why a show is stopped; the name goes into the record, the words are in the catalogue. */
export const stopReasons = ['rules', 'safety', 'technical', 'other'] as const;
export type StopReason = (typeof stopReasons)[number];

/** Stops the show a few seconds after the press, which can be taken back until then. */
export function useStopping(showId: ShowId) {
  const client = useQueryClient();
  const [reason, setReason] = useState<StopReason>('rules');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => api.call('show:stop', { params: { showId }, body: { reason } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['show', showId] }),
  });
  const grace = useGrace(() => mutate());
  return { reason, setReason, isPending, error, grace };
}

export type Stopping = ReturnType<typeof useStopping>;
