import { KeyObject, type webcrypto } from 'node:crypto';
import type { JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { AppError } from './app-error.ts';
import type { Clock } from './clock.ts';
import { type CheckSignature, createSignatureChecker } from './signature-checker.ts';

/** The claims of a verified token, of which only those of RFC 7519 have been looked at. */
export type VerifiedPayload = Readonly<Record<string, unknown>>;

export interface JwtVerifierOptions {
  /** Finds the public key that a header names. */
  readonly getKey: JWTVerifyGetKey;
  readonly issuer: string;
  readonly clock: Clock;
  readonly checkSignature?: CheckSignature;
}

/** Throws AppError TOKEN_EXPIRED or UNAUTHENTICATED; what `getKey` throws comes through. */
export type VerifyJwt = (token: string, audience: string) => Promise<VerifiedPayload>;

/** How long a key is used before it is asked for again: one that was withdrawn is not believed for longer. */
const KEY_KEEP_MS = 60_000;
/** Headers that are remembered; each key's tokens share one. */
const MAX_HEADERS = 16;

const compactForm = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;

const headerSchema = z.object({
  alg: z.literal('EdDSA'),
  kid: z.string(),
  // An extension that must be understood is one that we do not understand.
  crit: z.undefined().optional(),
});

/**
 * Verifies compact JWTs (RFC 7519) that are signed with Ed25519 (RFC 8037), and nothing else. The algorithm is ours to
 * say, never the token's; a key must be named; the claims are looked at only once the signature is right.
 */
export function createJwtVerifier({
  getKey,
  issuer,
  clock,
  checkSignature = createSignatureChecker(),
}: JwtVerifierOptions): VerifyJwt {
  /** By the header's text, which is the same for all tokens of a key. Only headers of good signatures come in here. */
  const keys = new Map<string, { readonly key: Buffer; readonly until: number }>();
  return async (token, audience) => {
    const parts = compactForm.exec(token);
    if (parts === null) throw forged('not a compact JWT');
    const [, header = '', payload = '', signature = ''] = parts;
    const known = keys.get(header);
    const isFresh = known !== undefined && known.until > clock.now();
    const key = isFresh ? known.key : await readKey(getKey, header);
    const signed = Buffer.from(token.slice(0, header.length + 1 + payload.length), 'latin1');
    const verdict = checkSignature({ key, signed, signature: Buffer.from(signature, 'base64url') });
    if (!(typeof verdict === 'boolean' ? verdict : await verdict)) throw forged('the signature is wrong');
    if (!isFresh) {
      if (keys.size >= MAX_HEADERS) keys.clear();
      keys.set(header, { key, until: clock.now() + KEY_KEEP_MS });
    }
    const claims = decode(payload);
    assertClaims(claims, { issuer, audience, nowSeconds: Math.floor(clock.now() / 1_000) });
    return claims;
  };
}

/** The public key that the header names, its bytes as they are. */
async function readKey(getKey: JWTVerifyGetKey, header: string): Promise<Buffer> {
  const { success, data } = headerSchema.safeParse(decode(header));
  if (!success) throw forged('its header is not for us');
  const found = await getKey({ alg: data.alg, kid: data.kid }, { payload: '', signature: '' });
  // jose's key sets give keys of WebCrypto; anything else makes this throw.
  const { crv, x } = KeyObject.from(found as webcrypto.CryptoKey).export({ format: 'jwk' });
  if (crv !== 'Ed25519' || x === undefined) throw forged('its key is none of Ed25519');
  return Buffer.from(x, 'base64url');
}

/** Throws AppError UNAUTHENTICATED unless the part is a JSON object. */
function decode(part: string): VerifiedPayload {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as VerifiedPayload;
  } catch (cause) {
    throw new AppError('UNAUTHENTICATED', { cause });
  }
  throw forged('a part is no object');
}

/** The registered claims, by hand: this runs for every new token. Throws AppError UNAUTHENTICATED, TOKEN_EXPIRED. */
function assertClaims(
  { iss, aud, exp, nbf, iat }: VerifiedPayload,
  expected: { readonly issuer: string; readonly audience: string; readonly nowSeconds: number },
): void {
  if (iss !== expected.issuer) throw forged('another issuer');
  const isForUs = Array.isArray(aud) ? aud.includes(expected.audience) : aud === expected.audience;
  if (!isForUs) throw forged('for another audience');
  if (typeof exp !== 'number') throw forged('no expiry');
  if (iat !== undefined && typeof iat !== 'number') throw forged('issued at no time');
  if (nbf !== undefined && !(typeof nbf === 'number' && nbf <= expected.nowSeconds))
    throw forged('not valid yet');
  if (exp <= expected.nowSeconds) throw new AppError('TOKEN_EXPIRED');
}

function forged(detail: string): AppError {
  return new AppError('UNAUTHENTICATED', { cause: new Error(detail) });
}
