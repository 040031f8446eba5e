import { createLogger } from '@souk/runtime/logger';
import { createRedis } from '@souk/runtime/redis';
import { createTimeline } from '@souk/timeline/timeline';
import { z } from 'zod';
import type { CrowdTarget } from '../../crowd/crowd.ts';
import type { PeerName } from '../../peers/fan-out/peer-names.ts';
import { startHelper } from '../../world/helper-process.ts';
import type { World } from '../../world/world.ts';
import { openShow } from '../acts/open-show.ts';
import { type Pace, playMessages } from './messages.ts';

/** A server with one show on it. */
export interface Contender {
  readonly pid: number;
  readonly target: CrowdTarget;
  /** Says messages at a pace, and gives their ids, oldest first. */
  play(pace: Pace): Promise<string[]>;
  stop(): Promise<void>;
}

const peerProcess = new URL('../../peers/fan-out/fan-out-process.ts', import.meta.url);
const collectOnSignal = new URL('../../world/collect-on-signal.ts', import.meta.url).href;

/** A fresh node of the hub, with a show of its own whose messages go through its timeline. */
export async function startHubContender(
  world: World,
  nodeOptions: readonly string[] = [],
): Promise<Contender> {
  const hub = await world.startHub({ nodeOptions });
  const { showId } = await openShow(world);
  const logger = createLogger({ name: 'chat-fanout', level: 'warn' });
  const redis = createRedis({ url: world.redisUrl, name: 'chat-fanout', logger });
  const timeline = createTimeline({ redis, logger });
  return {
    pid: hub.pid,
    target: { dialect: 'hub', targets: [hub.url], showId },
    async play(pace) {
      const ids: string[] = [];
      await playMessages(pace, async (entry, sequence) => {
        ids[sequence] = (await timeline.append(showId, entry, { mustExist: true })).id;
      });
      return ids;
    },
    async stop() {
      await timeline.close();
      await hub.stop();
    },
  };
}

/** Another server, which makes its messages itself. */
export async function startPeer(server: PeerName): Promise<Contender> {
  const replySchema = z.object({ url: z.string(), ids: z.array(z.string()) });
  const peer = await startHelper(peerProcess, replySchema, ['--import', collectOnSignal]);
  const { url } = await peer.ask({ kind: 'start', server });
  return {
    pid: peer.pid,
    target: {
      dialect: server === 'raw uWebSockets.js' ? 'raw' : 'socket.io',
      targets: [url],
      showId: 'none',
    },
    play: async (pace) => (await peer.ask({ kind: 'play', pace })).ids,
    stop: () => peer.stop(),
  };
}
