import type { Pool } from 'pg';
import type { Violation } from '../invariants/check-invariants.ts';
import type { Experience } from './buyer.ts';

const name = 'what buyers were told is so';

interface OrderRow {
  readonly id: string;
  readonly buyer_id: string;
  readonly status: string;
}

/** Compares what each buyer was told with the orders that stand: nothing confirmed is lost, nothing refused was done. */
export async function checkTold(
  pool: Pick<Pool, 'query'>,
  experiences: readonly Experience[],
): Promise<Violation[]> {
  const { rows } = await pool.query<OrderRow>(
    'SELECT id, buyer_id, status FROM orders WHERE buyer_id = ANY($1)',
    [experiences.map(({ userId }) => userId)],
  );
  return experiences.flatMap((experience) =>
    listLies(
      experience,
      rows.filter((row) => row.buyer_id === experience.userId),
    ).map((detail) => ({
      invariant: name,
      subject: experience.userId,
      detail: `${detail} (meant to ${experience.intent}, was told ${experience.outcome})`,
    })),
  );
}

/** What an order may have become after its buyer saw it in that state, as long as nobody else touches it. */
const next: Readonly<Record<string, readonly string[]>> = {
  pending_payment: ['paid', 'allocated', 'dispatched', 'expired', 'cancelled'],
  paid: ['allocated', 'dispatched'],
  allocated: ['dispatched'],
};

export function listLies({ orders, isUnanswered, outcome }: Experience, rows: readonly OrderRow[]): string[] {
  if (isUnanswered) return [`was left without an answer: ${outcome}`];
  const lies = orders.flatMap(({ id, status }) => {
    const row = rows.find((candidate) => candidate.id === id);
    if (row === undefined) return [`the order ${id} is gone`];
    if (row.status === status || next[status]?.includes(row.status)) return [];
    return [`the order ${id} was shown as ${status} and is ${row.status}`];
  });
  const unknown = rows.filter((row) => orders.every(({ id }) => id !== row.id));
  return [
    ...lies,
    ...unknown.map(({ id, status }) => `the order ${id} (${status}) stands and was never confirmed`),
  ];
}
