import { createPrivateKey, type JsonWebKey, sign } from 'node:crypto';
import { mkdtempSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadSecrets } from './secrets.ts';

const newFolder = () => mkdtempSync(path.join(os.tmpdir(), 'souk-secrets-'));

test('secrets are made once, at random, for their owner only', () => {
  const folder = newFolder();
  const first = loadSecrets(folder);
  expect(loadSecrets(folder)).toEqual(first);
  expect(loadSecrets(newFolder()).SOUK_SESSION_SECRET).not.toBe(first.SOUK_SESSION_SECRET);
  expect(statSync(path.join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
});

test('the signing key can sign', () => {
  const jwk = JSON.parse(loadSecrets(newFolder()).SOUK_SIGNING_KEY) as JsonWebKey;
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  expect(sign(null, Buffer.from('text'), key)).toHaveLength(64);
});
