import type { Violation } from '../../invariants/check-invariants.ts';
import { atLeast, atMost, type Check, exactly } from '../../report/check.ts';
import { percentiles } from '../../report/percentiles.ts';
import type { Results } from '../../report/report.ts';
import type { Outcome } from '../scenario.ts';
import type { CheckoutParams } from './checkout.ts';
import type { ClaimFindings } from './claims.ts';
import type { Purchases } from './purchases.ts';
import type { RoundTrips } from './round-trips.ts';

export interface CheckoutFindings {
  readonly params: CheckoutParams;
  readonly claims: ClaimFindings;
  readonly purchases: Purchases;
  /** Of all services, without what they do when nobody buys. */
  readonly roundTrips: RoundTrips;
  readonly usage: { readonly before: Results; readonly after: Results };
  /** The machine's load average of the last minute when the run began. */
  readonly loadAverage: number;
  readonly violations: readonly Violation[];
}

const BOUNDS = { ratioToCeiling: 0.7, holdToPaidP99Ms: 2_000, pgRoundTripsPerOrder: 12 } as const;

/** Turns what was measured into figures and checks. */
export function reportCheckout(findings: CheckoutFindings): Outcome {
  const { claims, purchases, usage, loadAverage, violations } = findings;
  const { hot, spread, made, orders, reserved } = claims;
  const holdToPaidMs = percentiles(purchases.holdToPaidMs);
  const perOrder = roundTripsPerOrder(findings.roundTrips, holdToPaidMs.count);
  const results = {
    ratioToCeiling: hot.ratio,
    ratioToCeilingSpread: spread.ratio,
    claimsPerSecond: { hot: hot.useCasePerSecond, spread: spread.useCasePerSecond },
    ordersPerSecond: round((holdToPaidMs.count / Math.max(1, purchases.elapsedMs)) * 1_000),
    holdToPaidMs: { ...holdToPaidMs },
    // From the hold to the payment: neither the sandbox's own books, which are another house's, nor the dispatch after it.
    pgRoundTripsPerOrder: round(perOrder.order + perOrder.relay + perOrder.other),
    pgRoundTripsByPurpose: { ...perOrder },
    failures: purchases.failures.slice(0, 10).map((failure) => ({ failure })),
    processes: usage,
    machineLoadAtStart: loadAverage,
    violations: violations.map(({ invariant, subject, detail }) => ({ invariant, subject, detail })),
  };
  const peers = [
    {
      name: 'bare guarded statement',
      results: { hotPerSecond: hot.barePerSecond, spreadPerSecond: spread.barePerSecond },
    },
  ];
  const checks: Check[] = [
    atLeast('ratioToCeiling, one hot variant', hot.ratio, BOUNDS.ratioToCeiling),
    atLeast('ratioToCeiling, spread', spread.ratio, BOUNDS.ratioToCeiling),
    exactly('orders of the claims', orders, made),
    exactly('units reserved by the claims', reserved, made),
    atLeast('orders paid', holdToPaidMs.count, 1),
    exactly('purchases that went wrong', purchases.failures.length, 0),
    atMost('holdToPaidMs p99', holdToPaidMs.p99, BOUNDS.holdToPaidP99Ms),
    atMost('pgRoundTripsPerOrder', results.pgRoundTripsPerOrder, BOUNDS.pgRoundTripsPerOrder),
    exactly('violated invariants', violations.length, 0),
  ];
  return { results, peers, checks };
}

function roundTripsPerOrder(counts: RoundTrips, orders: number): RoundTrips {
  const each = (count: number): number => round(count / Math.max(1, orders));
  return {
    order: each(counts.order),
    sandbox: each(counts.sandbox),
    relay: each(counts.relay),
    dispatch: each(counts.dispatch),
    other: each(counts.other),
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
