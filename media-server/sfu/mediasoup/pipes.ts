import type { StreamId } from '@souk/protocol/ids';
import type { types } from 'mediasoup';
import { needsWorker } from './faults.ts';
import type { RouterNode } from './router-node.ts';
import type { Seat } from './worker-pool.ts';

/**
 * What brings the streams of a room from its home to the router of a branch: each track is piped once, all its layers
 * with it, and the pipe ends with the track. Requests for key frames go up the pipe and are throttled at home.
 */
export function createPipes(
  { context: home }: RouterNode,
  seat: Seat,
): (branch: types.Router, streamId: StreamId) => Promise<types.Producer[]> {
  const piped = new Map<string, Promise<void>>();

  const pipe = async (branch: types.Router, { id: producerId }: types.Producer): Promise<void> => {
    const { pipeProducer } = await needsWorker(() =>
      home.router.pipeToRouter({ producerId, router: branch, enableSctp: false, enableRtx: true }),
    );
    if (pipeProducer === undefined) throw new TypeError('a producer is piped to a producer');
    home.census.track('pipes', pipeProducer);
    const giveBack = [home.seat.load.take('consumers', 1), seat.load.take('producers', 1)];
    const forget = (): void => {
      piped.delete(producerId);
      for (const give of giveBack) give();
    };
    if (pipeProducer.closed) forget();
    else pipeProducer.observer.once('close', forget);
  };
  const once = (branch: types.Router, producer: types.Producer): Promise<void> => {
    const known = piped.get(producer.id);
    if (known !== undefined) return known;
    const piping = pipe(branch, producer);
    piped.set(producer.id, piping);
    piping.catch(() => piped.delete(producer.id));
    return piping;
  };
  return async (branch, streamId) => {
    const producers = home.streams.list(streamId);
    await Promise.all(producers.map((producer) => once(branch, producer)));
    return producers;
  };
}
