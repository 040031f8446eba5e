/** A server that sends every message to all who are connected, one frame for each. */
export interface FanOutServer {
  readonly port: number;
  publish(message: object): void;
}
