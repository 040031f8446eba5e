import { createId, type ShowId } from '@souk/protocol/ids';

/** A chat command with a fresh command id. */
export function chat(showId: ShowId, text: string) {
  return { showId, commandId: createId('command'), text };
}
