import { atLeast, exactly } from '../report/check.ts';
import { percentiles } from '../report/percentiles.ts';
import type { Results } from '../report/report.ts';
import type { Outcome } from '../scenarios/scenario.ts';
import type { RoundReport } from './round.ts';
import type { SaleParams } from './sale.ts';

/** Checkouts that must be under way when something is killed. */
const IN_FLIGHT_MIN = 50;
/** Violations that a round names; the count is of all. */
const NAMED_MAX = 20;

/** The rounds as a report: nothing was violated, and every kill came in the midst of at least 50 checkouts. */
export function reportChaos(
  params: SaleParams,
  reports: readonly RoundReport[],
  brokeOff: string | undefined,
): Outcome {
  const violations = reports.reduce((total, report) => total + report.violations.length, 0);
  const crowd = params.buyers + params.carts;
  const inFlight = Math.min(crowd, ...reports.flatMap(({ hits }) => hits.map((hit) => hit.inFlight)));
  return {
    results: {
      rounds: reports.length,
      violations,
      orders: reports.reduce((total, { orders }) => total + orders, 0),
      inFlightMin: inFlight,
      internalErrors: reports.reduce((total, { internals }) => total + internals, 0),
      answeredMs: { ...percentiles(reports.map(({ answeredMs }) => answeredMs)) },
      quietMs: { ...percentiles(reports.map(({ quietMs }) => quietMs)) },
      ...(brokeOff === undefined ? {} : { brokeOff }),
      perRound: reports.map(describeRound),
    },
    checks: [
      exactly('rounds', reports.length, params.rounds),
      exactly('violations', violations, 0),
      atLeast('checkouts in flight at each kill', inFlight, Math.min(IN_FLIGHT_MIN, crowd / 2)),
    ],
  };
}

function describeRound({
  plan,
  hits,
  orders,
  outcomes,
  internals,
  answeredMs,
  quietMs,
  waitedFor,
  violations,
}: RoundReport): Results {
  return {
    seed: plan.seed,
    victim: hits.map(({ victim }) => victim).join(' and '),
    moment: hits.map(({ moment }) => moment).join(' and '),
    inFlight: Math.min(...hits.map((hit) => hit.inFlight)),
    orders,
    outcomes,
    internals,
    answeredMs,
    quietMs,
    waitedFor: waitedFor.join(', '),
    violations: violations.length,
    ...(violations.length === 0
      ? {}
      : { violated: violations.slice(0, NAMED_MAX).map((violation) => ({ ...violation })) }),
  };
}
