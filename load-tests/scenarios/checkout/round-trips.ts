import { z } from 'zod';
import { createMessageReader, type MessageReader } from './wire-messages.ts';

/** Whose work a transaction is. */
export const purposes = ['order', 'sandbox', 'relay', 'dispatch', 'other'] as const;
export type Purpose = (typeof purposes)[number];
const roundTripsSchema = z.record(z.enum(purposes), z.number());
export type RoundTrips = z.infer<typeof roundTripsSchema>;

/** What the proxy says: where it listens, and what it has counted since its start. */
export const proxyAnswerSchema = z.object({ port: z.int(), counts: roundTripsSchema });

export const noRoundTrips = (): RoundTrips => ({ order: 0, sandbox: 0, relay: 0, dispatch: 0, other: 0 });

/** The first that a transaction's statements fit names its purpose. */
const signs: readonly (readonly [Purpose, RegExp])[] = [
  ['relay', /\bfrom "?outbox"?\b/i],
  ['sandbox', /\bsandbox_(payments|events|refunds)\b/i],
  ['dispatch', /\b(insert into|update|from) "?shipments"?\b/i],
  ['order', /\b(quotes|orders|payments|payment_events|stock|variants|shows|order_holds)\b/i],
];

export interface WireWatch {
  readonly fromClient: MessageReader;
  readonly fromServer: MessageReader;
}

/**
 * Counts the round trips of one connection: each ReadyForQuery that the client has waited for. They are booked when
 * their transaction ends, on the purpose that its statements show.
 */
export function watchWire(count: (purpose: Purpose, roundTrips: number) => void): WireWatch {
  let statements: string[] = [];
  let roundTrips = 0;
  /** A statement with a name is parsed once and only bound from then on. */
  const named = new Map<string, string>();
  return {
    fromClient: createMessageReader({
      beginsUntyped: true,
      types: 'QPB',
      onMessage(type, body) {
        const [first, second] = readTexts(body);
        if (type === 'Q') statements.push(first);
        // Parse: the statement's name, then the text.
        if (type === 'P') {
          statements.push(second);
          if (first !== '') named.set(first, second);
        }
        // Bind: the portal's name, then the statement's.
        if (type === 'B' && second !== '') statements.push(named.get(second) ?? second);
      },
    }),
    fromServer: createMessageReader({
      beginsUntyped: false,
      types: 'Z',
      onMessage(_type, body) {
        // The first one ends the log-in and follows no statement.
        if (statements.length === 0) return;
        roundTrips += 1;
        if (String.fromCharCode(body[0] ?? 0) !== 'I') return;
        count(purposeOf(statements), roundTrips);
        [statements, roundTrips] = [[], 0];
      },
    }),
  };
}

/** The first two texts of a message, each ended by a zero. */
function readTexts(body: Buffer): [string, string] {
  const end = body.indexOf(0);
  return [body.toString('utf8', 0, end), body.toString('utf8', end + 1, body.indexOf(0, end + 1))];
}

/** What the statements of one transaction are for. */
export function purposeOf(statements: readonly string[]): Purpose {
  const text = statements.join('\n');
  return signs.find(([, sign]) => sign.test(text))?.[0] ?? 'other';
}
