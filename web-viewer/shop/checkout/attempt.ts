/** One attempt to order: the same content keeps its key, so that a repeated press is the same order. */
export interface Attempt {
  readonly content: string;
  readonly key: string;
}

/** The attempt for this content: the one before when nothing changed, else a new one with a new key. */
export function attemptFor(
  previous: Attempt | undefined,
  body: unknown,
  createKey: () => string = () => crypto.randomUUID(),
): Attempt {
  const content = JSON.stringify(body);
  return previous?.content === content ? previous : { content, key: createKey() };
}
