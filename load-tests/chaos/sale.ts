import { createRandom } from '@souk/protocol/testing/random';
import { z } from 'zod';
import { createScenario, type Outcome, type ScenarioContext } from '../scenarios/scenario.ts';
import { type ChaosHouse, startChaosHouse } from './house.ts';
import { describeStrike, planRounds } from './plan.ts';
import { createQuietWatch } from './quiet.ts';
import { reportChaos } from './report.ts';
import { type Losses, playRound, type RoundReport } from './round.ts';
import { openShop } from './shop.ts';

const count = (usual: number, min = 1) => z.coerce.number().int().min(min).max(100_000).default(usual);

export const saleParamsSchema = z.object({
  /** The same seed makes the same plan. */
  seed: count(1, 0),
  rounds: count(5),
  /** Nodes of commerce, and of the workers. */
  nodes: count(2),
  /** People who want one unit of a flash sale each. */
  buyers: count(80),
  units: count(64),
  /** People with mixed carts, mostly at ordinary prices. */
  carts: count(40),
  /** Of the sales that run to their time. */
  saleSeconds: count(15, 5),
  holdSeconds: count(8),
  paySeconds: count(12),
  /** How long the house may take to come to rest. */
  quietSeconds: count(45),
  /** 1 takes a guard away, to show that this can fail. */
  breakClaimGuard: count(0, 0),
  /** Folder for the logs of the house; without it they are thrown away. */
  logs: z.string().default(''),
});
export type SaleParams = z.output<typeof saleParamsSchema>;

/** Plays the planned rounds one after the other in one house. */
export async function runChaos(params: SaleParams, { progress, signal }: ScenarioContext): Promise<Outcome> {
  const house = await startChaosHouse({
    ...{ progress, signal, nodes: params.nodes, logsDir: params.logs === '' ? undefined : params.logs },
    env: {
      // Nobody broadcasts, and the show goes on.
      HOST_GONE_SECONDS: '86400',
      HOLD_SECONDS: String(params.holdSeconds),
      PAY_SECONDS: String(params.paySeconds),
      BREAK_CLAIM_GUARD: String(params.breakClaimGuard),
    },
  });
  try {
    const reports: RoundReport[] = [];
    // What was found until then is told in any case.
    const brokeOff = await playRounds(house, params, { progress, signal }, reports).catch((error: unknown) =>
      error instanceof Error ? (error.stack ?? error.message) : String(error),
    );
    return reportChaos(params, reports, brokeOff);
  } finally {
    progress.step('stopping everything');
    await house.stop();
  }
}

async function playRounds(
  house: ChaosHouse,
  params: SaleParams,
  { progress, signal }: ScenarioContext,
  reports: RoundReport[],
): Promise<undefined> {
  const { buyers: saleBuyers, carts: cartBuyers, units, saleSeconds } = params;
  const watch = createQuietWatch(house);
  try {
    const shop = await openShop(house, createRandom(`shop/${params.seed}`));
    const options = {
      ...{ house, shop, watch, saleBuyers, cartBuyers, units, saleSeconds, signal },
      quietTimeoutMs: params.quietSeconds * 1_000,
    };
    const losses: Losses = { redisAt: undefined };
    for (const [index, plan] of planRounds(params.seed, params.rounds).entries()) {
      const strikes = plan.strikes.map(describeStrike).join(' and ');
      progress.step(`round ${index + 1} of ${params.rounds}: ${strikes}`);
      const report = await playRound(options, plan, losses);
      reports.push(report);
      for (const { invariant, subject, detail } of report.violations)
        progress.step(`VIOLATION ${invariant}: ${subject} ${detail}`);
    }
  } finally {
    await watch.close();
  }
}

export const sale = createScenario({
  name: 'sale',
  summary: 'Kills processes in the middle of flash sales, and looks at what is left.',
  params: saleParamsSchema,
  run: runChaos,
});
