import { createId } from '@souk/protocol/ids';
import { describe, expect, it } from 'vitest';
import {
  createTokenSigner,
  createTokenVerifier,
  findBearerToken,
  generateSigningKey,
  signServiceToken,
  TOKEN_SECONDS,
  verifyServiceToken,
} from './tokens.ts';

const clock = { now: () => 1_800_000_000_000 };
const later = { now: () => clock.now() + (TOKEN_SECONDS + 1) * 1_000 };
const userId = createId('user');
const claims = { sub: userId, name: 'Ana', grants: [{ role: 'viewer', scope: 'platform' }] as const };

async function createPair() {
  const signer = await createTokenSigner({ privateJwk: await generateSigningKey(), clock });
  return { signer, keys: { jwks: signer.jwks } };
}

describe('access tokens', () => {
  it('come back as they were signed', async () => {
    const { signer, keys } = await createPair();
    const { token, expiresAt } = await signer.signAccess({ ...claims, grants: [...claims.grants] });
    const verified = await createTokenVerifier({ keys, clock }).verifyAccess(token);
    expect(verified).toMatchObject(claims);
    expect(expiresAt).toBe(verified.exp * 1_000);
  });

  it('are refused with TOKEN_EXPIRED when their time is over', async () => {
    const { signer, keys } = await createPair();
    const { token } = await signer.signAccess({ ...claims, grants: [] });
    await expect(createTokenVerifier({ keys, clock: later }).verifyAccess(token)).rejects.toMatchObject({
      code: 'TOKEN_EXPIRED',
    });
  });

  it('are refused when another key signed them, or somebody changed them', async () => {
    const [ours, theirs] = [await createPair(), await createPair()];
    const { token } = await theirs.signer.signAccess({ ...claims, grants: [] });
    const verifier = createTokenVerifier({ keys: ours.keys, clock });
    await expect(verifier.verifyAccess(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(verifier.verifyAccess('not.a.token')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('do not open the media door, nor the other way round', async () => {
    const { signer, keys } = await createPair();
    const verifier = createTokenVerifier({ keys, clock });
    const access = await signer.signAccess({ ...claims, grants: [] });
    const ticket = await signer.signMediaTicket({ sub: userId, showId: createId('show'), can: 'watch' });
    await expect(verifier.verifyMediaTicket(access.token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(verifier.verifyAccess(ticket.token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('never publish the private part of the key', async () => {
    const { signer } = await createPair();
    expect(JSON.stringify(signer.jwks)).not.toContain('"d"');
  });
});

describe('service tokens', () => {
  const secret = 'a secret of at least thirty-two bytes, for tests';

  it('name the calling service', async () => {
    const token = await signServiceToken({ secret, service: 'workers', clock });
    await expect(verifyServiceToken({ secret, token, clock })).resolves.toBe('workers');
  });

  it('are refused under another secret', async () => {
    const token = await signServiceToken({ secret, service: 'workers', clock });
    const forged = verifyServiceToken({ secret: `${secret}!`, token, clock });
    await expect(forged).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

describe('findBearerToken', () => {
  it('finds the token of a Bearer header only', () => {
    expect(findBearerToken('Bearer abc.def-_')).toBe('abc.def-_');
    expect(findBearerToken('Basic abc')).toBeUndefined();
    expect(findBearerToken(undefined)).toBeUndefined();
  });
});
