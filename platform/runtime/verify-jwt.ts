import { KeyObject, verify, type webcrypto } from 'node:crypto';
import type { JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { AppError } from './app-error.ts';
import type { Clock } from './clock.ts';

/** The claims of a verified token, of which only those of RFC 7519 have been looked at. */
export type VerifiedPayload = Readonly<Record<string, unknown>>;

export interface JwtVerifierOptions {
  /** Finds the public key that a header names. */
  readonly getKey: JWTVerifyGetKey;
  readonly issuer: string;
  readonly clock: Clock;
}

/** Throws AppError TOKEN_EXPIRED or UNAUTHENTICATED; what `getKey` throws comes through. */
export type VerifyJwt = (token: string, audience: string) => Promise<VerifiedPayload>;

/** How long a key is used before it is asked for again: one that was withdrawn is not believed for longer. */
const KEY_KEEP_MS = 60_000;

const compactForm = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;

const headerSchema = z.object({
  alg: z.literal('EdDSA'),
  kid: z.string(),
  // An extension that must be understood is one that we do not understand.
  crit: z.undefined().optional(),
});

const payloadSchema = z.looseObject({
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  exp: z.number(),
  nbf: z.number().optional(),
  iat: z.number().optional(),
});

/**
 * Verifies compact JWTs (RFC 7519) that are signed with Ed25519 (RFC 8037), and nothing else. The algorithm is ours to
 * say, never the token's; a key must be named; the claims are looked at only once the signature is right.
 */
export function createJwtVerifier({ getKey, issuer, clock }: JwtVerifierOptions): VerifyJwt {
  const findKey = createKeyCache(getKey, clock);
  return async (token, audience) => {
    const parts = compactForm.exec(token);
    if (parts === null) throw forged('not a compact JWT');
    const [, header = '', payload = '', signature = ''] = parts;
    const { alg, kid } = parsePart(headerSchema, header);
    const key = await findKey(alg, kid);
    const signed = Buffer.from(`${header}.${payload}`);
    // On this thread: to wake another one costs nearly as much as the check itself.
    if (!verify(null, signed, key, Buffer.from(signature, 'base64url')))
      throw forged('the signature is wrong');
    const claims = parsePart(payloadSchema, payload);
    if (claims.iss !== issuer) throw forged('another issuer');
    if (![claims.aud].flat().includes(audience)) throw forged('for another audience');
    const nowSeconds = Math.floor(clock.now() / 1_000);
    if (claims.nbf !== undefined && claims.nbf > nowSeconds) throw forged('not valid yet');
    if (claims.exp <= nowSeconds) throw new AppError('TOKEN_EXPIRED');
    return claims;
  };
}

function createKeyCache(getKey: JWTVerifyGetKey, clock: Clock) {
  const keys = new Map<string, { readonly key: KeyObject; readonly until: number }>();
  return async (alg: string, kid: string): Promise<KeyObject> => {
    const known = keys.get(kid);
    if (known !== undefined && known.until > clock.now()) return known.key;
    const found = await getKey({ alg, kid }, { payload: '', signature: '' });
    // jose's key sets give keys of WebCrypto; anything else makes this throw.
    const key = KeyObject.from(found as webcrypto.CryptoKey);
    // Only names of keys that exist come this far, so the map stays as small as the key set.
    keys.set(kid, { key, until: clock.now() + KEY_KEEP_MS });
    return key;
  };
}

function parsePart<Schema extends z.ZodType>(schema: Schema, part: string): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(Buffer.from(part, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new AppError('UNAUTHENTICATED', { cause });
  }
}

function forged(detail: string): AppError {
  return new AppError('UNAUTHENTICATED', { cause: new Error(detail) });
}
