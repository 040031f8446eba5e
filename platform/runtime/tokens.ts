import { createPrivateKey, sign } from 'node:crypto';
import {
  type AccessClaims,
  accessClaimsSchema,
  type MediaTicketClaims,
  mediaTicketClaimsSchema,
  type NewAccessClaims,
} from '@souk/protocol/roles';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  exportJWK,
  generateKeyPair,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
  jwtVerify,
  SignJWT,
} from 'jose';
import { z } from 'zod';
import { AppError } from './app-error.ts';
import type { Clock } from './clock.ts';
import { createVerifiedTokens } from './verified-tokens.ts';
import { createJwtVerifier } from './verify-jwt.ts';

const ISSUER = 'souk';
const ACCESS_AUDIENCE = 'souk';
const MEDIA_AUDIENCE = 'souk-media';
const SERVICE_AUDIENCE = 'souk-internal';
const SERVICE_TOKEN_SECONDS = 60;

/** How long an access token or a media ticket is good for. */
export const TOKEN_SECONDS = 600;

const privateJwkSchema = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  d: z.string(),
  kid: z.string(),
});

/** A new Ed25519 key pair as a private JWK (JSON), the value of SOUK_SIGNING_KEY. */
export async function generateSigningKey(): Promise<string> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return JSON.stringify({ ...(await exportJWK(privateKey)), kid: crypto.randomUUID() });
}

export interface Signed {
  readonly token: string;
  /** Server wall-clock milliseconds. */
  readonly expiresAt: number;
}

export interface TokenSigner {
  signAccess(claims: NewAccessClaims): Promise<Signed>;
  signMediaTicket(claims: Omit<MediaTicketClaims, 'exp'>): Promise<Signed>;
  /** The public keys, as served to the other services (RFC 7517). */
  readonly jwks: JSONWebKeySet;
}

/** Signs JWTs (RFC 7519, RFC 8037) with the key of `generateSigningKey`. Throws ZodError on another kind of key. */
export async function createTokenSigner(options: { privateJwk: string; clock: Clock }): Promise<TokenSigner> {
  const { d, ...publicPart } = privateJwkSchema.parse(JSON.parse(options.privateJwk));
  const key = createPrivateKey({ key: { ...publicPart, d }, format: 'jwk' });
  const header = encodePart({ alg: 'EdDSA', kid: publicPart.kid });
  const signClaims = async (audience: string, claims: { sub: string }): Promise<Signed> => {
    const iat = Math.floor(options.clock.now() / 1_000);
    const exp = iat + TOKEN_SECONDS;
    const signed = `${header}.${encodePart({ ...claims, iss: ISSUER, aud: audience, iat, exp })}`;
    const signature = sign(null, Buffer.from(signed), key).toString('base64url');
    return { token: `${signed}.${signature}`, expiresAt: exp * 1_000 };
  };
  return {
    signAccess: (claims) => signClaims(ACCESS_AUDIENCE, claims),
    signMediaTicket: (claims) => signClaims(MEDIA_AUDIENCE, claims),
    jwks: { keys: [{ ...publicPart, alg: 'EdDSA', use: 'sig' }] },
  };
}

const encodePart = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

export interface TokenVerifier {
  /** Throws AppError TOKEN_EXPIRED or UNAUTHENTICATED. */
  verifyAccess(token: string): Promise<AccessClaims>;
  /** Throws AppError TOKEN_EXPIRED or UNAUTHENTICATED. */
  verifyMediaTicket(token: string): Promise<MediaTicketClaims>;
}

/** Where the public keys come from: commerce's JWKS address, or the keys themselves. */
export type KeySource = { readonly jwksUrl: string } | { readonly jwks: JSONWebKeySet };

/** Verifies what a TokenSigner signed. A token that was verified before is not verified again while it is good. */
export function createTokenVerifier({ keys, clock }: { keys: KeySource; clock: Clock }): TokenVerifier {
  const verifyJwt = createJwtVerifier({ getKey: keyGetter(keys), issuer: ISSUER, clock });
  const createVerify = <Claims extends { readonly exp: number }>(
    audience: string,
    schema: z.ZodType<Claims>,
  ): ((token: string) => Promise<Claims>) =>
    createVerifiedTokens({
      clock,
      async verify(token) {
        try {
          return schema.parse(await verifyJwt(token, audience));
        } catch (cause) {
          throw tokenFault(cause);
        }
      },
    });
  return {
    verifyAccess: createVerify(ACCESS_AUDIENCE, accessClaimsSchema),
    verifyMediaTicket: createVerify(MEDIA_AUDIENCE, mediaTicketClaimsSchema),
  };
}

function keyGetter(keys: KeySource): JWTVerifyGetKey {
  if ('jwks' in keys) return createLocalJWKSet(keys.jwks);
  return createRemoteJWKSet(new URL(keys.jwksUrl), { cooldownDuration: 1_000, timeoutDuration: 3_000 });
}

function tokenFault(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  if (cause instanceof errors.JWTExpired) return new AppError('TOKEN_EXPIRED', { cause });
  const forged = cause instanceof errors.JOSEError && !(cause instanceof errors.JWKSTimeout);
  if (forged || cause instanceof z.ZodError) return new AppError('UNAUTHENTICATED', { cause });
  return new AppError('UNAVAILABLE', { cause, detail: 'the signing keys cannot be fetched' });
}

/** A token with which one service calls another's `/internal/*` (HS256, one minute). */
export async function signServiceToken(options: {
  secret: string;
  service: string;
  clock: Clock;
}): Promise<string> {
  const issuedAt = Math.floor(options.clock.now() / 1_000);
  return new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(ISSUER)
    .setAudience(SERVICE_AUDIENCE)
    .setSubject(options.service)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + SERVICE_TOKEN_SECONDS)
    .sign(new TextEncoder().encode(options.secret));
}

/** The name of the calling service. Throws AppError TOKEN_EXPIRED or UNAUTHENTICATED. */
export async function verifyServiceToken(options: {
  secret: string;
  token: string;
  clock: Clock;
}): Promise<string> {
  try {
    const { payload } = await jwtVerify(options.token, new TextEncoder().encode(options.secret), {
      issuer: ISSUER,
      audience: SERVICE_AUDIENCE,
      algorithms: ['HS256'],
      currentDate: new Date(options.clock.now()),
    });
    return z.string().parse(payload.sub);
  } catch (cause) {
    throw tokenFault(cause);
  }
}

/** The token of an `Authorization: Bearer` header (RFC 6750), or undefined. */
export function findBearerToken(authorization: string | undefined): string | undefined {
  return /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization ?? '')?.[1];
}
