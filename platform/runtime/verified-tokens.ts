import { AppError } from './app-error.ts';
import type { Clock } from './clock.ts';

export interface VerifiedTokensOptions<Claims> {
  /** Verifies a token that is not known yet; what it throws is not remembered. */
  readonly verify: (token: string) => Promise<Claims>;
  readonly clock: Clock;
  /** More tokens are not remembered: the one that was verified first makes room. */
  readonly maxTokens?: number;
}

/** Good for a crowd, at about a kilobyte each. */
const MAX_TOKENS = 20_000;

/**
 * Remembers verified tokens until they expire: a browser sends the same one with every request of its ten minutes. The
 * key is the whole token with its signature, so nothing but that very token is found. Throws AppError TOKEN_EXPIRED
 * for one whose time is over.
 */
export function createVerifiedTokens<Claims extends { readonly exp: number }>({
  verify,
  clock,
  maxTokens = MAX_TOKENS,
}: VerifiedTokensOptions<Claims>): (token: string) => Promise<Claims> {
  const verified = new Map<string, Claims>();
  return async (token) => {
    const known = verified.get(token);
    if (known !== undefined) {
      if (known.exp > Math.floor(clock.now() / 1_000)) return known;
      verified.delete(token);
      throw new AppError('TOKEN_EXPIRED');
    }
    const claims = await verify(token);
    verified.set(token, claims);
    const first = verified.keys().next();
    if (verified.size > maxTokens && first.done !== true) verified.delete(first.value);
    return claims;
  };
}
