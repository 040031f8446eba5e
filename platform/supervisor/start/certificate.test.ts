import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ensureCertificate } from './certificate.ts';

test('the certificate fits localhost and the addresses, and is kept until an address is missing in it', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'souk-tls-'));
  const read = async (addresses: string[]) => {
    const { certFile } = await ensureCertificate(folder, addresses);
    return new X509Certificate(readFileSync(certFile));
  };
  const first = await read(['192.168.1.20']);
  expect(first.checkHost('localhost')).toBe('localhost');
  expect(first.checkIP('192.168.1.20')).toBe('192.168.1.20');
  expect(first.checkPrivateKey(createPrivateKey(readFileSync(path.join(folder, 'tls/key.pem'))))).toBe(true);
  expect(statSync(path.join(folder, 'tls/key.pem')).mode & 0o777).toBe(0o600);

  expect((await read(['192.168.1.20'])).fingerprint256).toBe(first.fingerprint256);
  expect((await read(['10.0.0.7'])).fingerprint256).not.toBe(first.fingerprint256);
});
