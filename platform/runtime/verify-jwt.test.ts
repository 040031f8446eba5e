import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createLocalJWKSet } from 'jose';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createVerifiedTokens } from './verified-tokens.ts';
import { createJwtVerifier, type VerifyJwt } from './verify-jwt.ts';

const NOW_SECONDS = 1_800_000_000;
const clock = { now: () => NOW_SECONDS * 1_000 };
const good = { iss: 'souk', aud: 'souk', sub: 'usr_1', iat: NOW_SECONDS, exp: NOW_SECONDS + 600 };

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const publicJwk = (key: KeyObject) => key.export({ format: 'jwk' }) as { kty: 'OKP'; crv: string; x: string };

const ours = generateKeyPairSync('ed25519');
const theirs = generateKeyPairSync('ed25519');
const jwk = publicJwk(ours.publicKey);

function forge(payload: object, header: object = {}, key = ours.privateKey): string {
  const text = `${encode({ alg: 'EdDSA', kid: 'ours', ...header })}.${encode(payload)}`;
  return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`;
}

describe('createJwtVerifier', () => {
  let verifyJwt: VerifyJwt;
  beforeEach(() => {
    const getKey = createLocalJWKSet({ keys: [{ ...jwk, kid: 'ours', alg: 'EdDSA', use: 'sig' }] });
    verifyJwt = createJwtVerifier({ getKey, issuer: 'souk', clock });
  });

  it('gives back the claims of a token that is in order', async () => {
    await expect(verifyJwt(forge(good), 'souk')).resolves.toEqual(good);
    await expect(verifyJwt(forge({ ...good, aud: ['other', 'souk'] }), 'souk')).resolves.toBeTruthy();
  });

  const [header = '', payload = '', signature = ''] = forge(good).split('.');
  const withSecret = (secret: string): string => {
    const text = `${encode({ alg: 'HS256', kid: 'ours' })}.${payload}`;
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
  };
  const pem = String(ours.publicKey.export({ format: 'pem', type: 'spki' }));

  it.each<[string, string, string]>([
    ['no signature and alg none', `${encode({ alg: 'none', kid: 'ours' })}.${payload}.`, 'UNAUTHENTICATED'],
    ['alg none and a signature', forge(good, { alg: 'none' }), 'UNAUTHENTICATED'],
    ['another algorithm under the same signature', forge(good, { alg: 'ES256' }), 'UNAUTHENTICATED'],
    ['the public key as a shared secret (x)', withSecret(jwk.x), 'UNAUTHENTICATED'],
    ['the public key as a shared secret (PEM)', withSecret(pem), 'UNAUTHENTICATED'],
    ['an unknown key', forge(good, { kid: 'another' }), 'ERR_JWKS_NO_MATCHING_KEY'],
    ['no key named', forge(good, { kid: undefined }), 'UNAUTHENTICATED'],
    ['an extension that must be understood', forge(good, { crit: ['exp'] }), 'UNAUTHENTICATED'],
    [
      'a key of its own along',
      forge(good, { jwk: publicJwk(theirs.publicKey) }, theirs.privateKey),
      'UNAUTHENTICATED',
    ],
    ['the signature of another key', forge(good, {}, theirs.privateKey), 'UNAUTHENTICATED'],
    [
      'other claims under the signature',
      `${header}.${encode({ ...good, sub: 'usr_2' })}.${signature}`,
      'UNAUTHENTICATED',
    ],
    ['half a signature', `${header}.${payload}.${signature.slice(0, 43)}`, 'UNAUTHENTICATED'],
    ['a fourth part', `${header}.${payload}.${signature}.${signature}`, 'UNAUTHENTICATED'],
    ['padding', `${header}.${payload}.${signature}==`, 'UNAUTHENTICATED'],
    ['a blank in it', `${header}.${payload}. ${signature}`, 'UNAUTHENTICATED'],
    ['another issuer', forge({ ...good, iss: 'bazaar' }), 'UNAUTHENTICATED'],
    ['another audience', forge({ ...good, aud: 'souk-media' }), 'UNAUTHENTICATED'],
    ['no audience', forge({ ...good, aud: undefined }), 'UNAUTHENTICATED'],
    ['no expiry', forge({ ...good, exp: undefined }), 'UNAUTHENTICATED'],
    ['an expiry that is no number', forge({ ...good, exp: '9999999999' }), 'UNAUTHENTICATED'],
    ['a time that is yet to come', forge({ ...good, nbf: NOW_SECONDS + 1 }), 'UNAUTHENTICATED'],
    ['a time that is over this second', forge({ ...good, exp: NOW_SECONDS }), 'TOKEN_EXPIRED'],
    [
      'a forged token whose time is over',
      forge({ ...good, exp: 1 }, {}, theirs.privateKey),
      'UNAUTHENTICATED',
    ],
    ['no JSON', `${Buffer.from('EdDSA').toString('base64url')}.${payload}.${signature}`, 'UNAUTHENTICATED'],
    ['nothing', '', 'UNAUTHENTICATED'],
  ])('refuses %s', async (_what, token, code) => {
    await expect(verifyJwt(token, 'souk')).rejects.toMatchObject({ code });
  });

  it('asks for a withdrawn key again after a minute', async () => {
    let keys = [{ ...jwk, kid: 'ours', alg: 'EdDSA' }];
    let now = clock.now();
    const verify = createJwtVerifier({
      getKey: (...args) => createLocalJWKSet({ keys })(...args),
      issuer: 'souk',
      clock: { now: () => now },
    });
    await verify(forge(good), 'souk');
    keys = [];
    await expect(verify(forge(good), 'souk')).resolves.toBeTruthy();
    now += 60_000;
    await expect(verify(forge(good), 'souk')).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });
});

describe('createVerifiedTokens', () => {
  const create = (maxTokens = 2) => {
    const time = { now: clock.now() };
    const verify = vi.fn(async (token: string) => {
      if (token === 'forged') throw new Error('forged');
      return { sub: token, exp: NOW_SECONDS + 10 };
    });
    return {
      time,
      verify,
      find: createVerifiedTokens({ verify, clock: { now: () => time.now }, maxTokens }),
    };
  };

  it('verifies the same token once', async () => {
    const { find, verify } = create();
    expect([await find('a'), await find('a')]).toMatchObject([{ sub: 'a' }, { sub: 'a' }]);
    expect(verify).toHaveBeenCalledTimes(1);
  });

  it('refuses a token that it knows once its time is over', async () => {
    const { find, time } = create();
    await find('a');
    time.now += 10_000;
    await expect(find('a')).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
  });

  it('remembers no refusal, and no more tokens than it may', async () => {
    const { find, verify } = create();
    await expect(find('forged')).rejects.toThrow('forged');
    await expect(find('forged')).rejects.toThrow('forged');
    for (const token of ['a', 'b', 'c', 'a']) await find(token);
    expect(verify).toHaveBeenCalledTimes(6);
  });
});
