import { hash, verify } from '@node-rs/argon2';

/**
 * Argon2id (the package's default algorithm) with 19 MiB, 2 passes, 1 lane.
 * Source: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id
 */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** Takes as long for an unknown person (`undefined`) as for a known one, and is false then. */
  verify(passwordHash: string | undefined, password: string): Promise<boolean>;
}

export function createPasswordHasher(): PasswordHasher {
  let decoy: Promise<string> | undefined;
  return {
    hash: (password) => hash(password, parameters),
    async verify(passwordHash, password) {
      decoy ??= hash(crypto.randomUUID(), parameters);
      const matches = await verify(passwordHash ?? (await decoy), password);
      return matches && passwordHash !== undefined;
    },
  };
}
