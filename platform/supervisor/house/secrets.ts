import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const secretsSchema = z.object({
  databasePassword: z.string().min(16),
  redisPassword: z.string().min(16),
  SOUK_SERVICE_SECRET: z.string().min(32),
  SOUK_SESSION_SECRET: z.string().min(32),
  SOUK_WEBHOOK_SECRET: z.string().min(32),
  /** EdDSA private key as a JWK in JSON. */
  SOUK_SIGNING_KEY: z.string().min(1),
});
export type Secrets = z.output<typeof secretsSchema>;

/** Reads the secrets of this checkout; makes them at random on the first start. The file is for its owner only. */
export function loadSecrets(stateDir: string): Secrets {
  const file = path.join(stateDir, 'secrets.json');
  if (!existsSync(file)) writeSecrets(file, createSecrets());
  return secretsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

export function createSecrets(): Secrets {
  const secret = () => randomBytes(32).toString('hex');
  return {
    databasePassword: secret(),
    redisPassword: secret(),
    SOUK_SERVICE_SECRET: secret(),
    SOUK_SESSION_SECRET: secret(),
    SOUK_WEBHOOK_SECRET: secret(),
    SOUK_SIGNING_KEY: createSigningKey(),
  };
}

function createSigningKey(): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  const jwk = {
    ...privateKey.export({ format: 'jwk' }),
    alg: 'EdDSA',
    use: 'sig',
    kid: randomBytes(8).toString('hex'),
  };
  return JSON.stringify(jwk);
}

/** Written aside first: a crash in between never leaves half a file. */
function writeSecrets(file: string, secrets: Secrets): void {
  writeFileSync(`${file}.part`, JSON.stringify(secrets, undefined, 2), { mode: 0o600 });
  chmodSync(`${file}.part`, 0o600);
  renameSync(`${file}.part`, file);
}
