import { AppError } from '@souk/runtime/app-error';
import { systemClock } from '@souk/runtime/clock';
import { createLogger } from '@souk/runtime/logger';
import { createTestDatabase, type TestDatabase } from '@souk/supervisor/test-database';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createDatabase, type Database } from '../../db/database.ts';
import { migrateDatabase } from '../../db/migrate.ts';
import { createOutbox } from '../../outbox/outbox.ts';
import type { ListRequest, PaymentGateway } from '../payment-gateway.ts';
import { createReconcilePayments, type ReconcilePayments } from './reconcile-payments.ts';

const PAGES = 24;
let test: TestDatabase;
let db: Database;
let asked: (ListRequest & { readonly by: string })[];
let list: PaymentGateway['list'];

/** A list of many pages with nobody's payments on them. */
const listPages: PaymentGateway['list'] = async ({ cursor }) => {
  const next = Number(cursor ?? 0) + 1;
  return { payments: [], nextCursor: next < PAGES ? String(next) : null };
};

const createWorker = (by: string): ReconcilePayments => {
  const gateway = {
    name: 'stripe',
    list: async (request: ListRequest) => {
      asked.push({ ...request, by });
      return list(request);
    },
  } as PaymentGateway;
  return createReconcilePayments({
    ...{ db, gateway, clock: systemClock, graceMs: 30_000, dispatchDelayMs: 0 },
    ...{ outbox: createOutbox({ clock: systemClock }), followUp: async () => undefined },
    logger: createLogger({ name: 'passes-test', level: 'silent' }),
  });
};

beforeAll(async () => {
  test = await createTestDatabase(inject('databaseUrl'));
  await migrateDatabase(test.url);
  db = createDatabase({ url: test.url, logger: createLogger({ name: 'passes-test', level: 'silent' }) });
});
beforeEach(async () => {
  asked = [];
  list = listPages;
  await db.pool.query('delete from reconcile_passes');
});
afterAll(async () => {
  await db.close();
  await test.drop();
});

/** The cursors of the pass that looks at the last hours; the other one looks further back. */
const recent = (): (string | undefined)[] =>
  asked.filter(({ createdAfter }) => createdAfter > Date.now() - 86_400_000).map(({ cursor }) => cursor);

describe('a run of the reconciliation', () => {
  it('goes so far and no further, and the next goes on there', async () => {
    const reconcile = createWorker('a');
    await reconcile();
    expect(recent()).toEqual([undefined, '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    await reconcile();
    await reconcile();
    expect(recent().slice(10)).toEqual(Array.from({ length: 14 }, (_, index) => String(index + 10)));
    await reconcile();
    expect(recent().slice(24, 26)).toEqual([undefined, '1']);
  });

  it('shares the pages with other workers: each page is asked for once', async () => {
    await Promise.all(['a', 'b', 'c'].map((name) => createWorker(name)()));
    expect(new Set(recent()).size).toBe(recent().length);
  });

  it('that fails half-way is followed by one that goes on where it failed', async () => {
    list = async (request) => {
      if (request.cursor === '3') throw new AppError('PAYMENT_UNAVAILABLE');
      return listPages(request);
    };
    const reconcile = createWorker('a');
    await expect(reconcile()).rejects.toMatchObject({ code: 'PAYMENT_UNAVAILABLE' });
    list = listPages;
    await reconcile();
    expect(recent().slice(0, 6)).toEqual([undefined, '1', '2', '3', '3', '4']);
  });

  it('begins again when the payment is gone that the last page ended with', async () => {
    const reconcile = createWorker('a');
    await reconcile();
    list = async (request) => {
      if (request.cursor !== undefined) throw new AppError('NOT_FOUND');
      return { payments: [], nextCursor: null };
    };
    await reconcile();
    await reconcile();
    expect(recent().slice(10)).toEqual(['10', undefined]);
  });
});
