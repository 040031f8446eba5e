import { createHash, randomBytes } from 'node:crypto';

/** Tells whoever finds such a secret what it opens. */
const PREFIX = 'souk_stream_';
/** Crockford's base 32, as in ids. Source: https://www.crockford.com/base32.html */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
/** 160 bits: nobody guesses it, however fast the answers come. */
const BODY_LENGTH = 32;

/** A new random secret, with characters that an Authorization header may carry. */
export function createStreamKeySecret(): string {
  const body = Array.from(randomBytes(BODY_LENGTH), (byte) => ALPHABET.charAt(byte & 31));
  return PREFIX + body.join('');
}

/** SHA-256 in hex: what the database keeps of a secret. */
export function hashStreamKey(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
