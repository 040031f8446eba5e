import type { OsUser } from '../process/os-user.ts';
import { runCommand } from '../setup/run-command.ts';
import { SetupError } from '../setup/setup-error.ts';

const USER_NAME = 'postgres';

/**
 * The system user that PostgreSQL runs as: undefined (the own one), except for root, as whom it refuses to run.
 * Root uses the user `postgres`, and makes it when there is none.
 */
export async function getPostgresUser(): Promise<OsUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const existing = await findUser();
  if (existing) return existing;
  const made = await runCommand('useradd', ['--system', '--user-group', '--no-create-home', USER_NAME]);
  const user = await findUser();
  if (user) return user;
  throw new SetupError(
    'PostgreSQL cannot run as root.',
    `The user ${USER_NAME} does not exist and could not be made: ${made.output}`,
    `Make it with \`useradd --system ${USER_NAME}\`, run Souk as another user, or set DATABASE_URL.`,
  );
}

async function findUser(): Promise<OsUser | undefined> {
  const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => runCommand('id', [flag, USER_NAME])));
  if (uid?.code !== 0 || gid?.code !== 0) return undefined;
  return { uid: Number(uid.output), gid: Number(gid.output) };
}
