import { peerNames } from '../../peers/fan-out/peer-names.ts';
import type { Stores, World } from '../../world/world.ts';
import { signTokens } from '../acts/sign-tokens.ts';
import { hubWishes } from '../hub-wishes.ts';
import { inWorld } from '../in-world.ts';
import type { Outcome, ScenarioContext } from '../scenario.ts';
import type { ChatFanoutParams } from './chat-fanout.ts';
import { type Contender, startHubContender, startPeer } from './contender.ts';
import { type ContenderName, doesCount, type LoadFigures, reportChatFanout } from './report.ts';
import { playRound } from './round.ts';

const loads = ['steady', 'burst'] as const;

/** The hub and its peers in turn, round by round, so that a noisy moment falls on all of them. */
export async function playChatFanout(
  params: ChatFanoutParams,
  context: ScenarioContext,
  stores?: Stores,
): Promise<Outcome> {
  const wanted = new Set(params.loads.split(','));
  return inWorld(context, { ...hubWishes, stores }, async (world) => {
    const played: LoadFigures[] = [];
    for (const load of loads.filter((name) => wanted.has(name)))
      played.push(await playLoad(world, load, params, context));
    return reportChatFanout(played);
  });
}

async function playLoad(
  world: World,
  name: (typeof loads)[number],
  params: ChatFanoutParams,
  { progress, signal }: ScenarioContext,
): Promise<LoadFigures> {
  const viewers = name === 'steady' ? params.steadyViewers : params.burstViewers;
  const perSecond = name === 'steady' ? params.steadyPerSecond : params.burstPerSecond;
  const { seconds, textBytes, warmUpSeconds, processes } = params;
  const rounds: LoadFigures['rounds'] = {
    hub: [],
    'socket.io on ws': [],
    'socket.io on uWebSockets.js': [],
    'raw uWebSockets.js': [],
  };
  const names: ContenderName[] = ['hub', ...peerNames];
  const play = async (contender: ContenderName, turn: string): Promise<void> => {
    signal.throwIfAborted();
    progress.step(`${name}: ${contender}, ${turn}`);
    const tokens = await signTokens(world, viewers);
    const plan = { tokens, processes, pace: { perSecond, seconds, textBytes }, warmUpSeconds };
    rounds[contender].push(await atContender(world, contender, (target) => playRound(target, plan)));
  };
  const isShort = (contender: ContenderName): boolean =>
    rounds[contender].filter(doesCount).length < params.rounds;
  for (let round = 0; round < params.rounds; round += 1)
    for (const contender of inTurn(names, round))
      await play(contender, `round ${round + 1} of ${params.rounds}`);
  // What was held back says nothing of the server: it is played again.
  for (let again = 0; again < params.repeats; again += 1)
    for (const contender of names.filter(isShort))
      await play(
        contender,
        `instead of a round that was held back, ${again + 1} of ${params.repeats} at most`,
      );
  return { name, viewers, perSecond, rounds, wantedRounds: params.rounds };
}

/** Another one begins each round. */
function inTurn<Item>(items: readonly Item[], round: number): Item[] {
  const first = round % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
}

async function atContender<Result>(
  world: World,
  name: ContenderName,
  work: (contender: Contender) => Promise<Result>,
): Promise<Result> {
  const contender = await (name === 'hub' ? startHubContender(world) : startPeer(name));
  try {
    return await work(contender);
  } finally {
    await contender.stop();
  }
}
