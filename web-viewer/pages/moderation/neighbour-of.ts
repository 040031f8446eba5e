import type { ChatMessage } from '@souk/protocol/timeline/state';

/**
 * The message after (1) or before (-1) the chosen one; stays at the ends.
 * Without a choice, the newest. Undefined when there are no messages.
 */
export function neighbourOf(
  chat: readonly Pick<ChatMessage, 'messageId'>[],
  chosenId: string | undefined,
  step: 1 | -1,
): string | undefined {
  const index = chat.findIndex(({ messageId }) => messageId === chosenId);
  if (index === -1) return chat.at(-1)?.messageId;
  const next = Math.min(chat.length - 1, Math.max(0, index + step));
  return chat[next]?.messageId;
}
