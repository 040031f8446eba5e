import { z } from 'zod';
import { inParallel } from '../scenarios/acts/in-parallel.ts';
import { answerMessages } from '../world/helper-process.ts';
import { startWatcherBot, type WatcherBot } from './watcher-bot.ts';

export const crowdOrderSchema = z.discriminatedUnion('kind', [
  /** Lets that many more bots watch. */
  z.object({ kind: z.literal('join'), count: z.int().min(0), mediaUrl: z.string(), token: z.string() }),
  /** What has arrived at all of them so far. */
  z.object({ kind: z.literal('count') }),
  /** The bot that came first leaves, and another one comes. */
  z.object({ kind: z.literal('change'), mediaUrl: z.string(), token: z.string() }),
  z.object({ kind: z.literal('leave') }),
]);
export type CrowdOrder = z.infer<typeof crowdOrderSchema>;

const AT_A_TIME = 10;
const bots: WatcherBot[] = [];
/** What bots that left had received. */
const gone = { packets: 0, bytes: 0 };
let named = 0;

const join = async ({ mediaUrl, token }: { mediaUrl: string; token: string }): Promise<void> => {
  named += 1;
  bots.push(await startWatcherBot({ name: `watcher-${process.pid}-${named}`, mediaUrl, token }));
};
const received = (bot: WatcherBot): { packets: number; bytes: number } => {
  const [audio, video] = [bot.received('audio'), bot.received('video')];
  return { packets: audio.packets + video.packets, bytes: audio.bytes + video.bytes };
};
const part = async (bot: WatcherBot): Promise<void> => {
  const { packets, bytes } = received(bot);
  gone.packets += packets;
  gone.bytes += bytes;
  await bot.leave();
};

/** Many watching bots in one process, so that what they cost is counted apart from the server. */
answerMessages(async (message) => {
  const order = crowdOrderSchema.parse(message);
  if (order.kind === 'join')
    await inParallel(Array.from({ length: order.count }), AT_A_TIME, () => join(order));
  if (order.kind === 'change') {
    const [first] = bots.splice(0, 1);
    if (first !== undefined) await part(first);
    await join(order);
  }
  if (order.kind === 'leave') await inParallel(bots.splice(0), AT_A_TIME, part);
  const counts = bots.map(received);
  return {
    bots: bots.length,
    silent: counts.filter(({ packets }) => packets === 0).length,
    packets: counts.reduce((sum, { packets }) => sum + packets, gone.packets),
    bytes: counts.reduce((sum, { bytes }) => sum + bytes, gone.bytes),
  };
});
