import { createInterface } from 'node:readline/promises';
import { displayNameSchema, emailSchema, passwordSchema } from '@souk/protocol/http/auth';
import { systemClock } from '@souk/runtime/clock';
import { postgresUrlSchema } from '@souk/runtime/common-config';
import { parseConfig } from '@souk/runtime/config';
import { createLogger } from '@souk/runtime/logger';
import { z } from 'zod';
import { createPasswordHasher } from '../accounts/password-hasher.ts';
import { createRegisterUser } from '../accounts/register-user.ts';
import { createDatabase } from '../db/database.ts';

const configSchema = z.object({
  DATABASE_URL: postgresUrlSchema,
  /** Asked for on the terminal when left out. */
  ADMIN_EMAIL: z.string().optional(),
  ADMIN_PASSWORD: z.string().optional(),
});

/** Makes an account with the role of admin: the first one of a production server. */
const logger = createLogger({ name: 'create-admin', level: 'info' });
const config = parseConfig(configSchema, process.env);
const answers = await askMissing(config);
const db = createDatabase({ url: config.DATABASE_URL, logger, name: 'create-admin', maxConnections: 1 });
try {
  const registerUser = createRegisterUser({
    orm: db.orm,
    hasher: createPasswordHasher(),
    clock: systemClock,
  });
  const { id: userId } = await registerUser({ ...answers, isAdmin: true });
  logger.info({ event: 'admin-created', userId });
} finally {
  await db.close();
}

async function askMissing({ ADMIN_EMAIL, ADMIN_PASSWORD }: z.output<typeof configSchema>) {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const email = emailSchema.parse(ADMIN_EMAIL ?? (await terminal.question('E-mail: ')));
    const password = passwordSchema.parse(
      ADMIN_PASSWORD ?? (await terminal.question('Password (at least 8 characters): ')),
    );
    return {
      email,
      password,
      name: displayNameSchema.parse(email.slice(0, email.indexOf('@')).slice(0, 40)),
    };
  } finally {
    terminal.close();
  }
}
