import type { Entry } from '@souk/protocol/timeline/entries';
import { foldShow, projectShow } from '@souk/protocol/timeline/reducer';
import type { CrowdCounts } from '../../crowd/crowd-stats.ts';
import { percentilesOf } from '../../crowd/histogram.ts';
import { hashOf, type Verdict } from '../../crowd/judge.ts';
import type { ShowTimeline } from '../../invariants/timelines.ts';
import { atMost, exactly } from '../../report/check.ts';
import type { Outcome } from '../scenario.ts';
import type { ReconnectPlan } from './play.ts';

export interface ReconnectFindings {
  readonly plan: ReconnectPlan;
  readonly counts: CrowdCounts;
  /** Viewers who did not come back in time. */
  readonly away: number;
  readonly verdict: Verdict;
  readonly timeline: ShowTimeline;
  /** Ids of entries that the hub has acknowledged to those who chatted. */
  readonly acknowledged: ReadonlySet<string>;
}

/** Whoever has no part in the show: what is for one person is not in that state. */
const stranger = { userId: '', isStaff: false } as const;

/** Compares what the viewers ended with, and what was acknowledged, with the timeline itself. */
export function reportReconnect(findings: ReconnectFindings): Outcome {
  const { plan, counts, away, verdict, timeline, acknowledged } = findings;
  const { lost, duplicated, disordered, unknown, states, histories } = verdict;
  const wanted = hashOf(projectShow(foldShow(timeline.entries), stranger));
  const diverged = plan.viewers - (states[wanted] ?? 0);
  const ids = new Set(timeline.ids);
  const lostCommands = [...acknowledged].filter((id) => !ids.has(id)).length;
  const repeatedCommands = countRepeated(timeline.entries);
  const backInSyncMs = percentilesOf([counts.backInSyncMs]);
  return {
    results: {
      ...{ lost, duplicated, disordered, unknown, diverged, away },
      ...{ lostCommands, repeatedCommands },
      acknowledgedCommands: acknowledged.size,
      entries: timeline.entries.length,
      deliveries: counts.deliveries,
      returns: backInSyncMs.count,
      backInSyncMs,
      histories,
      events: counts.events,
    },
    checks: [
      exactly('lost', lost, 0),
      exactly('duplicated', duplicated, 0),
      exactly('out of order or unknown', disordered + unknown, 0),
      exactly('viewers who ended on another state', diverged, 0),
      exactly('viewers who did not come back', away, 0),
      exactly('acknowledged commands that are lost', lostCommands, 0),
      exactly('commands that were carried out twice', repeatedCommands, 0),
      ...(plan.maxBackInSyncMs === undefined
        ? []
        : [atMost('backInSyncMs.p95', backInSyncMs.p95, plan.maxBackInSyncMs)]),
    ],
  };
}

function countRepeated(entries: readonly Entry[]): number {
  const messages = entries.flatMap((entry) => (entry.type === 'chat:sent' ? [entry.data.messageId] : []));
  return messages.length - new Set(messages).size;
}
