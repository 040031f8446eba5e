/** What one node of the hub bears. */
export interface HubLimits {
  /** Handshakes, and again joins, of all clients together. */
  readonly admissionsPerSecond: number;
  readonly connectionsPerUser: number;
  /** Homes and offices share an address. */
  readonly connectionsPerAddress: number;
  /** Events of any kind, over all connections of the person; the connection that sends more is cut. */
  readonly eventsPerUserPerSecond: number;
  /** Events of any kind; more are refused. */
  readonly eventsPerAddressPerSecond: number;
  /** With more than this waiting, a client is behind: it is sent nothing until it has drained, then the state. */
  readonly backlogBytes: number;
  /** A client that is behind for longer is cut. */
  readonly behindMs: number;
}

export const defaultHubLimits: HubLimits = {
  admissionsPerSecond: 2_000,
  connectionsPerUser: 10,
  connectionsPerAddress: 1_000,
  eventsPerUserPerSecond: 50,
  eventsPerAddressPerSecond: 5_000,
  backlogBytes: 256 * 1_024,
  behindMs: 30_000,
};

/** An idle person may send this many seconds' worth at once. */
export const BURST_SECONDS = 4;
