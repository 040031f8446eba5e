import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generate } from 'selfsigned';
import type { TlsFiles } from '../house/options.ts';

const LIFETIME_DAYS = 365;
const RENEW_BEFORE_MS = 7 * 24 * 3_600_000;

/**
 * The self-made certificate of this checkout, for localhost and the given addresses. It is kept, so that a device
 * has to be told to trust it once only, and made anew when an address is missing in it or it is about to end.
 */
export async function ensureCertificate(stateDir: string, addresses: readonly string[]): Promise<TlsFiles> {
  const folder = path.join(stateDir, 'tls');
  const files = { certFile: path.join(folder, 'cert.pem'), keyFile: path.join(folder, 'key.pem') };
  if (isGood(files, addresses)) return files;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const made = await generate([{ name: 'commonName', value: 'Souk (self-made)' }], {
    algorithm: 'sha256',
    keyType: 'ec',
    notAfterDate: new Date(Date.now() + LIFETIME_DAYS * 24 * 3_600_000),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: altNames(addresses) },
    ],
  });
  writeFileSync(files.keyFile, made.private, { mode: 0o600 });
  writeFileSync(files.certFile, made.cert);
  return files;
}

function altNames(addresses: readonly string[]) {
  const dns = 2;
  const ip = 7;
  return [
    { type: dns, value: 'localhost' } as const,
    ...['127.0.0.1', ...addresses].map((address) => ({ type: ip, ip: address }) as const),
  ];
}

function isGood({ certFile, keyFile }: TlsFiles, addresses: readonly string[]): boolean {
  if (!existsSync(certFile) || !existsSync(keyFile)) return false;
  const certificate = new X509Certificate(readFileSync(certFile));
  const endsLateEnough = Date.parse(certificate.validTo) > Date.now() + RENEW_BEFORE_MS;
  return endsLateEnough && addresses.every((address) => certificate.checkIP(address) !== undefined);
}
