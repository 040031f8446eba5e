import { createId, type ShowId } from '@souk/protocol/ids';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../../../api/api-error.ts';
import { hub } from '../../../api/hub.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { setReplyTo, useReplyTo } from './chat-store.ts';
import { useSlowMode } from './use-slow-mode.ts';

/** Seconds that slow mode asks for where the hub does not say. */
const SLOW_GUESS_MS = 3_000;

/** What is being written, and sending it; what could not be sent stays. */
export function useSay(feed: ShowFeed, showId: ShowId) {
  const [text, setText] = useState('');
  const [commandId, setCommandId] = useState(() => createId('command'));
  const replyTo = useReplyTo();
  const slow = useSlowMode(feed);
  const sending = useMutation({
    mutationFn: (said: string) => {
      const reply = replyTo === null ? {} : { replyTo: replyTo.messageId };
      return hub.send('chat:send', { showId, commandId, text: said, ...reply });
    },
    onSuccess: (_, said) => {
      // What was typed meanwhile stays.
      setText((now) => (now === said ? '' : now));
      setCommandId(createId('command'));
      setReplyTo(null);
      slow.sent();
    },
    onError: (error) => {
      // The same message, with another id: the former one was answered.
      setCommandId(createId('command'));
      if (isSlowMode(error)) slow.refused(error.retryAfterMs ?? SLOW_GUESS_MS);
    },
  });
  return {
    text,
    replyTo,
    secondsLeft: slow.secondsLeft,
    isPending: sending.isPending,
    // The countdown says it already.
    error: isSlowMode(sending.error) ? null : sending.error,
    write: (next: string) => {
      setText(next);
      if (sending.isError) sending.reset();
    },
    send: () => {
      if (text.trim() !== '' && !sending.isPending && slow.secondsLeft === 0) sending.mutate(text);
    },
  };
}

function isSlowMode(error: unknown): error is ApiError {
  return error instanceof ApiError && error.code === 'SLOW_MODE';
}
