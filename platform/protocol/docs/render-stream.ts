import { streamEndReasons, streamEndSchema, streamResyncSchema } from '../http/timeline-stream.ts';
import { exampleJson, examples } from './examples.ts';
import { typeBlock } from './render-tables.ts';

/** The read-only way: one GET. */
export function renderStream(): string {
  const { chatSent, frame } = examples;
  const place = `${frame.epoch}/${chatSent.id}`;
  return `## Server-sent events

\`GET /api/shows/:showId/timeline\` with \`Accept: text/event-stream\` and \`Authorization: Bearer …\` gives the entries of a show as
they come, to whoever cannot or will not use the hub. The same request without that \`Accept\` gives one page of JSON.

\`\`\`
GET /api/shows/${frame.showId}/timeline HTTP/1.1
Accept: text/event-stream
Authorization: Bearer eyJhbGciOiJFZERTQSJ9…
Last-Event-ID: ${place}

HTTP/1.1 200 OK
Content-Type: text/event-stream; charset=utf-8

retry: 3417

id: ${place}
data: ${exampleJson(chatSent)}

\`\`\`

- An event without a name is one entry. Its \`id\` is your place, \`epoch/id\`.
- Without a place the stream begins with the first entry. A client that comes back names its place in the header
  \`Last-Event-ID\` (browsers do so by themselves), or as \`?after=<id>&epoch=<epoch>\`.
- \`: \` lines are a sign of life. They too may carry an \`id\`: the place moves on when nothing was for you.
- After \`retry\` milliseconds a client that lost the stream comes back.
- An answer \`204\` says that there is nothing more to come: do not come back.
- Orders of the caller and everything else with an audience are told as on the hub.

Event \`resync\`: the whole state, in the place of entries that were too many or that are not known any more.

${typeBlock('Data', streamResyncSchema)}

Event \`end\`: the stream ends, for one of these reasons: ${streamEndReasons.map((reason) => `\`${reason}\``).join(', ')}. After
\`show-ended\` and \`banned\` do not come back, after \`disconnected\` not at once, after \`token-expired\` with a fresh token, after
\`rights-changed\` without a place.

${typeBlock('Data', streamEndSchema)}`;
}
