import { REMOVED_EVENT, RESYNC_EVENT } from '../commands/frames.ts';
import { exampleJson, examples } from './examples.ts';

/** How a client gets the state of a show, and never loses its place in it. */
export function renderRecovery(): string {
  return `## Joining and recovery

For each show a client keeps a \`state\`, and its place: \`{ epoch, id }\`. This is the whole algorithm:

\`\`\`
join(show):
  show.waiting = []                           # frames and resyncs that come before the answer
  answer = command 'show:join', { showId, after: show.place }     # no after when there is no place
  on BANNED, SHOW_NOT_FOUND: give up; on a retryable error: join again after the time of 'Coming back'
  if answer.kind = 'snapshot':
    show.state = answer.state
    show.place = { epoch: answer.epoch, id: answer.state.lastId }
  if answer.kind = 'missed':
    apply(show, answer.entries)
    show.place = { epoch: answer.epoch, id: answer.upTo }
  for each event in show.waiting: hear it; show.waiting = none

on 'frame':                                   # while show.waiting is there: add it to that
  if frame.epoch ≠ show.place.epoch: join(show); return
  apply(show, frame.entries)
  show.place.id = the greater of show.place.id and frame.upTo

on '${RESYNC_EVENT}':                                  # the same
  show.state = data.state
  show.place = { epoch: data.epoch, id: data.state.lastId }

on '${REMOVED_EVENT}': forget the show, or join it again later

apply(show, entries):
  for each entry: if entry.id > show.place.id: show.state = fold(show.state, entry)
\`\`\`

\`fold\` is described under *State*. What the answer holds beside:

- \`missed\` has exactly the entries after your place that you may hear, in order and once. A \`snapshot\` comes in its place
  when they are too many, or the place is not known any more. Both may happen on any node.
- \`isStaff\` says as whom you follow. When \`role:granted\` or \`role:revoked\` names you, join again without \`after\`: staff see
  more of the state than others.
- Rights are looked at anew each time: who was banned meanwhile is answered \`BANNED\`.
- A show that has ended can still be joined for its state.

A client that comes back:

\`\`\`
-> 420["show:join",${exampleJson(examples.rejoin)}]
<- 430[{"ok":true,"data":${exampleJson(examples.rejoined)}}]
\`\`\`

A \`chat:send\` whose answer did not arrive is sent again with the same \`commandId\`, within ten minutes. It makes one
message, and has the same answer, also when something has become forbidden meanwhile. A command that is refused changes
nothing:

\`\`\`
<- 431[{"ok":false,"error":${exampleJson(examples.tooSoon)}}]
\`\`\`

Texts of deleted messages are in no snapshot and in no \`missed\`.`;
}
