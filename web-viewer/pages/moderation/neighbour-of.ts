/**
 * The key after (1) or before (-1) the chosen one; stays at the ends. Without a choice, or when the chosen one is
 * not there any more: the first that waits, and where nothing waits the newest message. Undefined when there is
 * neither. `waiting` stands above `messages`, both in the order of the screen.
 */
export function neighbourOf(
  waiting: readonly string[],
  messages: readonly string[],
  chosen: string | undefined,
  step: 1 | -1,
): string | undefined {
  const keys = [...waiting, ...messages];
  const index = chosen === undefined ? -1 : keys.indexOf(chosen);
  if (index === -1) return step === 1 ? (waiting[0] ?? messages.at(-1)) : keys.at(-1);
  return keys[Math.min(keys.length - 1, Math.max(0, index + step))];
}

/** Which of those that wait comes next once the chosen one is dealt with: the one below, or else the one above. */
export function nextWaiting(waiting: readonly string[], chosen: string): string | undefined {
  const index = waiting.indexOf(chosen);
  return waiting[index + 1] ?? waiting[index - 1];
}
