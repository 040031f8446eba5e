import type { ShowStatus } from '@souk/protocol/states';

const order = { draft: 0, live: 1, ended: 2 } as const satisfies Record<ShowStatus, number>;

/** The later of two states of one show: the API's answer and the timeline reach a page at different moments. */
export function laterStatus(first: ShowStatus, second: ShowStatus): ShowStatus {
  return order[first] >= order[second] ? first : second;
}
