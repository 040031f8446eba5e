import type { ReplyTo } from '@souk/protocol/chat';
import type { ChatMessage } from '@souk/protocol/timeline/state';
import { createStore, useStore } from 'zustand';

interface ChatChoice {
  /** The message that the next one answers. */
  readonly replyTo: ReplyTo | null;
  /** The message whose menu is open. */
  readonly opened: ChatMessage | null;
}

const nothing: ChatChoice = { replyTo: null, opened: null };
const store = createStore<ChatChoice>(() => nothing);

export function setReplyTo(replyTo: ReplyTo | null): void {
  store.setState({ replyTo });
}

export function useReplyTo(): ReplyTo | null {
  return useStore(store, ({ replyTo }) => replyTo);
}

export function openMessage(opened: ChatMessage | null): void {
  store.setState({ opened });
}

export function useOpenedMessage(): ChatMessage | null {
  return useStore(store, ({ opened }) => opened);
}

/** For another show, or another person. */
export function forgetChatChoice(): void {
  store.setState(nothing);
}
