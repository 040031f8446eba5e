import cookie from '@fastify/cookie';
import fastifySession from '@fastify/session';
import { userIdSchema } from '@souk/protocol/ids';
import type { Logger } from '@souk/runtime/logger';
import connectPgSimple from 'connect-pg-simple';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { LoginSession, SessionOwner } from '../accounts/login-session.ts';

declare module 'fastify' {
  interface Session {
    owner?: SessionOwner;
  }
}

const SESSION_MAX_AGE_MS = 30 * 24 * 3_600 * 1_000;
/** Only these paths read and write the session; everything else goes by token. */
const COOKIE_PATH = '/api/auth';

const ownerSchema: z.ZodType<SessionOwner> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('user'), userId: userIdSchema }),
  z.object({ kind: z.literal('guest'), userId: userIdSchema, name: z.string() }),
]);

export interface SessionPluginOptions {
  readonly pool: Pool;
  readonly secret: string;
  readonly logger: Logger;
}

/** Puts server-side sessions (PostgreSQL) behind an HttpOnly, SameSite=Lax cookie; Secure where the page is https. */
export async function registerSessions(
  server: Pick<FastifyInstance, 'register' | 'addHook'>,
  options: SessionPluginOptions,
): Promise<void> {
  // connect-pg-simple is written for express-session, whose store interface @fastify/session shares; the types do not meet.
  const PgStore = connectPgSimple(fastifySession as unknown as Parameters<typeof connectPgSimple>[0]);
  const store = new PgStore({
    pool: options.pool,
    tableName: 'sessions',
    createTableIfMissing: false,
    errorLog: (...details) => options.logger.warn({ event: 'session-store', details: details.map(String) }),
  });
  await server.register(cookie);
  await server.register(fastifySession, {
    store: store as unknown as fastifySession.SessionStore,
    secret: options.secret,
    cookieName: 'souk.session',
    cookie: {
      path: COOKIE_PATH,
      httpOnly: true,
      sameSite: 'lax',
      secure: 'auto',
      maxAge: SESSION_MAX_AGE_MS,
    },
    saveUninitialized: false,
    rolling: true,
  });
  server.addHook('onClose', async () => store.close());
}

/** The session of this request, as the accounts see it. */
export function createLoginSession(request: FastifyRequest): LoginSession {
  return {
    find() {
      const owner = ownerSchema.safeParse(request.session?.owner);
      return owner.success ? owner.data : undefined;
    },
    // A new id at every change of person: an id that somebody planted before the login is worth nothing after it.
    async begin(owner) {
      await request.session.regenerate();
      request.session.owner = owner;
      await request.session.save();
    },
    async update(owner) {
      request.session.owner = owner;
      await request.session.save();
    },
    end: () => request.session.destroy(),
  };
}
