import type { UserId } from '@souk/protocol/ids';
import { eq, sql } from 'drizzle-orm';
import type { Executor } from '../db/database.ts';
import { users } from '../db/schema/accounts.ts';

export type UserRow = typeof users.$inferSelect;

export async function findUserByEmail(orm: Executor, email: string): Promise<UserRow | undefined> {
  const [row] = await orm
    .select()
    .from(users)
    .where(eq(sql`lower(${users.email})`, email.toLowerCase()));
  return row;
}

export async function findUser(orm: Executor, userId: UserId): Promise<UserRow | undefined> {
  const [row] = await orm.select().from(users).where(eq(users.id, userId));
  return row;
}

/** Throws a unique violation when the e-mail is taken. */
export async function insertUser(orm: Executor, row: typeof users.$inferInsert): Promise<void> {
  await orm.insert(users).values(row);
}

export async function renameUser(orm: Executor, userId: UserId, name: string): Promise<void> {
  await orm.update(users).set({ name }).where(eq(users.id, userId));
}
