import type { Random } from '@souk/protocol/testing/random';
import { z } from 'zod';
import { openRawWebSocket } from '../../crowd/web-socket.ts';
import { encodeText } from '../../crowd/web-socket-frames.ts';
import { bearableKinds, fatalKinds, type MalformedKind, malformed } from './malformed.ts';
import type { FuzzTally } from './tally.ts';

export interface FuzzerOptions {
  readonly url: string;
  readonly token: string;
  readonly showId: string;
  readonly chance: Random;
  readonly tally: FuzzTally;
  /** Malformed messages of this connection; it may end before. */
  readonly messages: number;
  /** A command that was carried out long ago, as its client sent it: it is sent again, word by word. */
  readonly replay: string | undefined;
}

const IMPATIENCE_MS = 5_000;
/** What is taken for the beginning of a frame is waited for, until no answer to a heartbeat comes in its stead. */
const HEARTBEATS_MS = 60_000;
const ROUND_MESSAGES = 20;
const REPLAY_SHARE = 0.05;
const answerSchema = z.looseObject({
  ok: z.boolean(),
  error: z.looseObject({ code: z.string() }).optional(),
});

/**
 * One connection that says nothing right after it has entered a show. Resolves with the number of messages that it sent,
 * when the server has cut it, or has answered a question after all of them. What may end the connection comes last.
 */
export function fuzzOnce(options: FuzzerOptions): Promise<number> {
  const { url, token, showId, chance, tally, messages, replay } = options;
  return new Promise((resolve) => {
    let sent = 0;
    const finish = (): void => {
      clearTimeout(timer);
      resolve(sent);
    };
    const giveUp = (): void => {
      tally.count('connections that were neither answered nor cut');
      socket.cut();
    };
    let timer = setTimeout(giveUp, IMPATIENCE_MS);
    const waitLonger = (): void => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, HEARTBEATS_MS);
    };
    const say = (kind: MalformedKind): void => {
      sent += 1;
      tally.sent(kind);
      socket.write(malformed(kind, { chance, showId, ackId: sent }));
    };
    const sendRound = (): void => {
      const until = Math.min(messages - 1, sent + ROUND_MESSAGES);
      while (sent < until) {
        if (replay === undefined || !chance.maybe(REPLAY_SHARE)) say(chance.pick(bearableKinds));
        else {
          sent += 1;
          tally.sent('replayed-command');
          socket.write(encodeText(replay));
        }
      }
      // A connection that this does not end has to answer still.
      if (sent === messages - 1) {
        say(chance.pick(fatalKinds));
        waitLonger();
      }
      socket.send('420["clock:sync",{}]');
    };
    const hear = (text: string): void => {
      if (text.startsWith('0')) socket.send(`40${JSON.stringify({ token })}`);
      else if (text.startsWith('44')) {
        tally.count('refused at the door');
        socket.cut();
      } else if (text.startsWith('40')) socket.send(`429000${JSON.stringify(['show:join', { showId }])}`);
      else if (text.startsWith('439000')) sendRound();
      else if (text.startsWith('430[')) {
        if (sent < messages) sendRound();
        else socket.cut();
      } else if (text.startsWith('43')) noteAnswer(tally, text);
    };
    const socket = openRawWebSocket({
      url: new URL('/socket.io/?EIO=4&transport=websocket', url),
      onOpen: () => undefined,
      onText: (buffer, start, end) => hear(buffer.toString('utf8', start, end)),
      onClose: finish,
    });
  });
}

function noteAnswer(tally: FuzzTally, text: string): void {
  const [answer] = z.tuple([answerSchema]).parse(JSON.parse(text.slice(text.indexOf('['))));
  tally.answered(answer.ok ? 'ok' : (answer.error?.code ?? 'no code'));
}
