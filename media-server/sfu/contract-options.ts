import type { SfuBackend } from './sfu-backend.ts';

export interface SfuOptionsUnderTest {
  /** Rooms end that long after their last link. */
  readonly roomIdleMs: number;
  readonly connectTimeoutMs: number;
  readonly silenceTimeoutMs: number;
  /** Consumers after which a room's audience is spread further. */
  readonly consumersPerRouter: number;
}

/** What not every backend can do: a cluster whose own client negotiates has no part in it. */
export interface SfuAbilities {
  /** Takes tracks as plain RTP, and copies them as such. */
  readonly plainRtp: boolean;
  /** Spreads the audience of one room over several routers by itself. */
  readonly branches: boolean;
}

export interface SfuBackendUnderTest {
  /** A backend that has not been started. */
  create(options: SfuOptionsUnderTest): SfuBackend;
  readonly can: SfuAbilities;
}

export const options: SfuOptionsUnderTest = {
  roomIdleMs: 20,
  connectTimeoutMs: 60_000,
  silenceTimeoutMs: 60_000,
  consumersPerRouter: 20,
};
