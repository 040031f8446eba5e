import type { MediaTicket } from '@souk/protocol/http/media';
import { createDeviceLoader } from '../device-loader.ts';
import { createMediaApi } from '../media-api.ts';
import { createTicketKeeper, type RefreshTicket } from '../media-ticket.ts';
import { FULL_PICTURE_BPS } from './encodings.ts';
import { measureNetwork, type NetworkMeasure } from './network-check.ts';
import { joinAsPublisher } from './publish-join.ts';
import { createTestPicture } from './test-picture.ts';

/**
 * Publishes a test picture into the show for six seconds, the same way as the camera will go, and measures it.
 * For shows that are not on air yet. Rejects with ApiError, UNAVAILABLE where no media path comes up.
 */
export async function checkNetwork(
  ticket: MediaTicket,
  refreshTicket: RefreshTicket,
  signal: AbortSignal,
): Promise<NetworkMeasure> {
  const api = createMediaApi(createTicketKeeper(ticket, refreshTicket));
  const device = await createDeviceLoader(api)(signal);
  const picture = createTestPicture();
  try {
    const { stream } = picture;
    // From above: a network that carries less shows it at once, while a climb would take longer than the check.
    const startKbps = FULL_PICTURE_BPS / 1_000;
    const connection = await joinAsPublisher(api, device, { stream, resumes: undefined, startKbps }, signal);
    try {
      return await measureNetwork(connection, signal);
    } finally {
      connection.close();
    }
  } finally {
    picture.stop();
  }
}
