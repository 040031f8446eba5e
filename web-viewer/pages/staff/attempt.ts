/** One press of a button that must count once, however often it is sent. */
export interface Attempt {
  /** The Idempotency-Key of this body: the same for every try, another one for another body. */
  keyOf(body: unknown): string;
  /** It has been answered: the same body pressed again is another wish. */
  succeed(): void;
}

export function createAttempt(): Attempt {
  let present: { readonly key: string; readonly body: string } | undefined;
  return {
    keyOf(body) {
      const text = JSON.stringify(body);
      if (present?.body !== text) present = { key: crypto.randomUUID(), body: text };
      return present.key;
    },
    succeed() {
      present = undefined;
    },
  };
}
