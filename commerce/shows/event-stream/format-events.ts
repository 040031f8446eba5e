import { formatPlace, type StreamEndReason, type StreamResync } from '@souk/protocol/http/timeline-stream';

/** Asks the client to wait so long before it comes back, milliseconds. */
export const formatRetry = (waitMs: number): string => `retry: ${waitMs}\n\n`;

/** One entry; its event has no name, so that `onmessage` hears it. */
export function formatEntry(epoch: string, entry: { readonly id: string }): string {
  return `id: ${formatPlace(epoch, entry.id)}\ndata: ${JSON.stringify(entry)}\n\n`;
}

/** The whole state. */
export function formatResync(resync: StreamResync): string {
  const place = formatPlace(resync.epoch, resync.state.lastId);
  return `id: ${place}\nevent: resync\ndata: ${JSON.stringify(resync)}\n\n`;
}

/** A sign of life, which no listener hears; the client's place moves on with it. */
export const formatHeartbeat = (epoch: string, upTo: string): string =>
  `:\nid: ${formatPlace(epoch, upTo)}\n\n`;

/** The notice that the stream ends. Whose rights have changed is not to go on from a place: its id is taken back. */
export function formatEnd(reason: StreamEndReason): string {
  const forget = reason === 'rights-changed' ? 'id\n' : '';
  return `${forget}event: end\ndata: ${JSON.stringify({ reason })}\n\n`;
}
