import { describe, expect, it } from 'vitest';
import { noRoundTrips, watchWire } from './round-trips.ts';

function message(type: string, body: string): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeInt32BE(4 + Buffer.byteLength(body), 1);
  return Buffer.concat([head, Buffer.from(body)]);
}

function startUp(): Buffer {
  return Buffer.from([0, 0, 0, 8, 0, 3, 0, 0]);
}

describe('the counting of round trips', () => {
  it('books a whole transaction on what its statements are for, and the log-in on nothing', () => {
    const counts = noRoundTrips();
    const { fromClient, fromServer } = watchWire((purpose, roundTrips) => {
      counts[purpose] += roundTrips;
    });
    fromClient.read(startUp());
    fromServer.read(message('Z', 'I'));
    fromClient.read(message('Q', 'begin\0'));
    fromServer.read(message('Z', 'T'));
    fromClient.read(Buffer.concat([message('P', '\0insert into "orders"\0'), message('S', '')]));
    fromServer.read(message('Z', 'T'));
    fromClient.read(message('Q', 'commit\0'));
    fromServer.read(message('Z', 'I'));
    expect(counts).toEqual({ ...noRoundTrips(), order: 3 });
  });

  it('reads messages that arrive in pieces', () => {
    const counts = noRoundTrips();
    const { fromClient, fromServer } = watchWire((purpose, roundTrips) => {
      counts[purpose] += roundTrips;
    });
    const bytes = Buffer.concat([startUp(), message('P', 'named\0select from "outbox"\0')]);
    for (const byte of bytes) fromClient.read(Buffer.from([byte]));
    for (const byte of message('Z', 'I')) fromServer.read(Buffer.from([byte]));
    expect(counts).toEqual({ ...noRoundTrips(), relay: 1 });
  });

  it('counts a statement that was parsed once whenever it is bound', () => {
    const counts = noRoundTrips();
    const { fromClient, fromServer } = watchWire((purpose, roundTrips) => {
      counts[purpose] += roundTrips;
    });
    fromClient.read(Buffer.concat([startUp(), message('P', 'claim\0insert into orders\0')]));
    for (let turn = 0; turn < 3; turn += 1) {
      fromClient.read(message('B', '\0claim\0'));
      fromServer.read(message('Z', 'I'));
    }
    expect(counts).toEqual({ ...noRoundTrips(), order: 3 });
  });
});
