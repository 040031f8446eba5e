import type { MessageId, ShowId, UserId } from '@souk/protocol/ids';
import { useMutation } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/session.ts';
import { showToast } from '../../ui/toast.tsx';
import { defaultMuteSeconds } from './mute-spans.ts';

const UNDO_MS = 10_000;

/** Somebody to act on: the id, and the name for the words around it. */
export interface Person {
  readonly userId: UserId;
  readonly name: string;
}

export interface Moderation {
  deleteMessage(messageId: MessageId): void;
  mute(person: Person, seconds?: number): void;
  unmute(person: Person): void;
  /** The last refusal; null after the next success. */
  readonly error: unknown;
}

type Act =
  | { kind: 'delete'; messageId: MessageId }
  | { kind: 'mute'; person: Person; seconds: number }
  | { kind: 'unmute'; person: Person };

/** The moderation commands of one show. What they change comes back through the show's timeline. */
export function useModeration(showId: ShowId): Moderation {
  const { t } = useTranslation();
  const { mutate, error } = useMutation({
    mutationFn: (act: Act) => send(showId, act),
    onSuccess: (_answer, act) => {
      if (act.kind !== 'mute') return;
      showToast(t('staff.muted', { name: act.person.name }), {
        durationMs: UNDO_MS,
        action: { label: t('staff.undo'), run: () => mutate({ kind: 'unmute', person: act.person }) },
      });
    },
  });
  // The same object as long as it says the same: each line of the chat holds it.
  return useMemo(
    () => ({
      deleteMessage: (messageId) => mutate({ kind: 'delete', messageId }),
      mute: (person, seconds = defaultMuteSeconds) => mutate({ kind: 'mute', person, seconds }),
      unmute: (person) => mutate({ kind: 'unmute', person }),
      error,
    }),
    [mutate, error],
  );
}

async function send(showId: ShowId, act: Act): Promise<void> {
  switch (act.kind) {
    case 'delete':
      await api.call('message:delete', { params: { showId, messageId: act.messageId } });
      return;
    case 'mute':
      await api.call('user:mute', {
        params: { showId, userId: act.person.userId },
        body: { seconds: act.seconds },
      });
      return;
    case 'unmute':
      await api.call('user:unmute', { params: { showId, userId: act.person.userId } });
  }
}
