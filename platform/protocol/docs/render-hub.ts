import {
  CUT_EVENT,
  cutSchema,
  FRAME_EVENT,
  frameSchema,
  REMOVED_EVENT,
  RESYNC_EVENT,
  removedSchema,
  resyncSchema,
} from '../commands/frames.ts';
import { limits } from '../limits.ts';
import { levelsSchema } from '../timeline/levels.ts';
import { exampleJson, examples } from './examples.ts';
import { renderHubCommands, typeBlock } from './render-tables.ts';

/** How to reach the hub, and what comes and goes there. */
export function renderHub(): string {
  return [connection, wire(), commands(), refusals(), renderHubCommands(), events()].join('\n\n');
}

const connection = `## The hub

The hub speaks the protocol of socket.io (revision 5) over Engine.IO (revision 4), by WebSocket only: there is no polling. Any
socket.io client of version 3 or later fits:

\`\`\`js
const socket = io('https://shop.example', { path: '/socket.io', transports: ['websocket'], auth: { token } });
\`\`\`

Let \`auth\` be a function where the library has one, so that a reconnection carries a fresh token. A browser must come from the
site's own origin; a program without an \`Origin\` header is welcome. Any node takes any client: no cookie and no
stickiness is needed.`;

function wire(): string {
  const { join, joined, send, sent, frame, overloaded } = examples;
  const lines = [
    '   WebSocket wss://shop.example/socket.io/?EIO=4&transport=websocket',
    `<- 0{"sid":"x1","upgrades":[],"pingInterval":20000,"pingTimeout":15000,"maxPayload":${limits.commandBytes}}`,
    '-> 40{"token":"eyJhbGciOiJFZERTQSJ9…"}',
    '<- 40{"sid":"x1"}',
    `-> 420["show:join",${exampleJson(join)}]`,
    `<- 430[{"ok":true,"data":${exampleJson(joined)}}]`,
    `-> 421["chat:send",${exampleJson(send)}]`,
    `<- 431[{"ok":true,"data":${exampleJson(sent)}}]`,
    `<- 42["${FRAME_EVENT}",${exampleJson(frame)}]`,
    '<- 2',
    '-> 3',
  ];
  return `### On the wire

Without a library, each WebSocket text message is a packet: a number, then JSON. \`<-\` comes from the hub.

\`\`\`
${lines.join('\n')}
\`\`\`

| Packet | From | Meaning |
|---|---|---|
| \`0{…}\` | hub | The connection is open. It tells \`pingInterval\` and \`pingTimeout\`, in milliseconds. |
| \`40{"token":…}\` | client | Who you are; the first packet, within five seconds. |
| \`40{"sid":…}\` | hub | You are let in. |
| \`44{"message":code,"data":error}\` | hub | You are not: the code, and the whole error. |
| \`42<n>[name,payload]\` | client | A command; \`n\` is a number of yours, another one for each command. |
| \`43<n>[answer]\` | hub | The answer to the command \`n\`. |
| \`42[name,data]\` | hub | An event. |
| \`2\` | hub | A ping. Answer \`3\` at once. |
| \`41\` | client | Goodbye. |

When no packet has come for \`pingInterval + pingTimeout\`, the connection is dead: close it and come back. A refusal:

\`\`\`
<- 44${exampleJson({ message: overloaded.code, data: overloaded })}
\`\`\``;
}

function commands(): string {
  return `### Commands

A command is an event with one payload, and it waits for an answer: \`await socket.emitWithAck('chat:send', payload)\`. An
event that waits for no answer is left aside, also when its name is known. A message may have ${limits.commandBytes} bytes; a
larger one closes the connection. Rates hold per person and node. Any command may be refused with \`INVALID_INPUT\`,
\`UNKNOWN_COMMAND\`, \`TOKEN_EXPIRED\`, \`FORBIDDEN\`, \`RATE_LIMITED\`, \`UNAVAILABLE\` and \`INTERNAL\`; one of a show that was not
joined with \`INVALID_TRANSITION\`. When no answer comes within ten seconds, take the connection for dead.

A token is good for ten minutes. Send \`session:renew\` with a fresh one of the same person before; new rights, and what the
person now follows or has bought, count from then on. With an expired token other commands are answered with
\`TOKEN_EXPIRED\`; five seconds later the connection is closed.

\`clock:sync\` measures the server's clock: with \`sentAt\` and \`heardAt\` by your own one, the offset is
\`serverTime - (sentAt + heardAt) / 2\`. Ask five times, and take the offset of the quickest answer; again each minute.`;
}

function refusals(): string {
  return `### Coming back

Whatever failed, wait before the next attempt:

- An error with \`retryAfterMs\`: wait so long, no shorter. It says when there is room for you, and is another time for each client.
- Any other loss of the connection, or a \`retryable\` error: wait \`min(30 s, 0.5 s × 2^n)\`, where \`n\` counts failures since you
  were last let in, times a random number from 0.5 to 1. All who lost the same node must not come back at the same moment.
- \`TOKEN_EXPIRED\` and \`UNAUTHENTICATED\` at the handshake: get a new token first. Any other error that is not \`retryable\`:
  give up, and tell the person.

| \`${CUT_EVENT}\` | What to do |
|---|---|
| \`token-expired\` | Get a new token, come back at once. |
| \`server-stopping\` | Wait a random time of up to two seconds, come back. |
| \`too-slow\` | Come back by the rule above, and read faster: follow fewer shows. |
| \`too-many-messages\` | Wait ten seconds at least. Something in your client repeats itself. |
| \`too-many-connections\` | Do not come back by yourself: a newer connection of the same person has taken the place. |

A \`retryAfterMs\` in the answer to a command means the same: after \`SLOW_MODE\`, \`MUTED\` or \`RATE_LIMITED\` the command is worth
sending again then, with the same \`commandId\`.`;
}

function events(): string {
  return `## What the hub sends

Four events. Types of events and fields that you do not know are to be passed by.

### Event \`${FRAME_EVENT}\`

At most one per followed show and tick (50 ms), with all that this client may hear.

${typeBlock('Data', frameSchema)}

- \`entries\` are in the order of the timeline. Apply each to the state that you hold; leave out those whose id is not
  greater than the last one applied (compare the number before the hyphen, then the one after it, as numbers).
- \`upTo\` is the place to continue from, also when no entry was for you.
- \`at\` of an entry is the instant that the sender meant. Chat, moderation and the end of a show are shown at once; pins,
  prices and sale starts when the picture reaches \`at\`, or at once when it has passed.
- \`levels\` are absolute counts, at most four times a second, only those that changed. \`reactions\` are not a level but
  the number since the frame before. A missed level is made good by the next one.
- Types of entries that you do not know are to be passed by; their ids count.

${typeBlock('Levels', levelsSchema)}

### Event \`${RESYNC_EVENT}\`

The whole state in the place of frames that you were not sent: \`too-slow\`, your connection could not take them;
\`new-epoch\`, the timeline began anew. It is to be taken like a \`snapshot\`. Frames go on after it.

${typeBlock('Data', resyncSchema)}

### Event \`${REMOVED_EVENT}\`

You follow this show no more. The connection stays, and so do other shows. After \`disconnected\` you may join again;
after \`banned\` the answer would be \`BANNED\`.

${typeBlock('Data', removedSchema)}

### Event \`${CUT_EVENT}\`

The hub is about to close the connection. It may not arrive: a connection that ends without it is to be taken as any loss.

${typeBlock('Data', cutSchema)}`;
}
