import type { ShowId } from '@souk/protocol/ids';
import { compareEntryIds, type Entry } from '@souk/protocol/timeline/entries';
import type { HubClient } from './hub-client.ts';
import { createViewer, type HubWorld, type Person } from './hub-world.ts';

/** A viewer that comes back to another node after each cut, and keeps what it was told over all its connections. */
export class Wanderer {
  readonly told: Entry[] = [];
  snapshots = 0;
  #client: HubClient | undefined;
  /** What it was told up to. */
  #position: { epoch: string; id: string } | undefined;
  readonly #world: HubWorld;
  readonly #person: Person = createViewer();

  constructor(world: HubWorld) {
    this.#world = world;
  }

  /** To the node with that number, or with that address. */
  async come(showId: ShowId, node: number | string): Promise<void> {
    const client = await this.#world.connect(this.#person, node);
    this.#client = client;
    client.socket.on('frame', (frame: (typeof client.frames)[number]) => {
      this.told.push(...frame.entries);
      this.#position = { epoch: frame.epoch, id: frame.upTo };
    });
    const after = this.#position;
    const answer = await client.must('show:join', { showId, ...(after === undefined ? {} : { after }) });
    if (answer.kind === 'missed') this.told.push(...answer.entries);
    else this.snapshots += 1;
    const id = answer.kind === 'missed' ? answer.upTo : answer.state.lastId;
    // Frames that came with the answer are newer than it.
    if (compareEntryIds(id, this.#position?.id ?? '0-0') > 0 || this.#position?.epoch !== answer.epoch) {
      this.#position = { epoch: answer.epoch, id };
    }
  }

  /** Without a farewell, as a network breaks. */
  cut(): void {
    if (this.#client === undefined) throw new Error('it has not come yet');
    const { transport } = this.#client.socket.io.engine as unknown as {
      transport: { ws: { terminate(): void } };
    };
    transport.ws.terminate();
  }
}
