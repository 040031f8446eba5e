import type { types } from 'mediasoup';
import { createEnding, type Ending } from '../ending.ts';
import type { LinkEndReason, OpaqueJson, TransportOffer } from '../sfu-backend.ts';
import { needsWorker, onBehalfOf } from './faults.ts';
import { parseDtlsParameters } from './input-schemas.ts';
import type { RoomContext } from './room-context.ts';

/** How long a page may take from being offered a transport until it is connected. */
const CONNECT_TIMEOUT_MS = 15_000;
/** Enough for the best layer at once; the estimate takes over within a second. */
const FIRST_OUTGOING_BPS = 1_500_000;

export interface WebRtcSide {
  readonly transport: types.WebRtcTransport;
  readonly ending: Ending<LinkEndReason>;
  readonly offer: TransportOffer;
  connect(dtlsParameters: OpaqueJson): Promise<void>;
  restartIce(): Promise<OpaqueJson>;
}

/**
 * The server's half of one page's connection. It ends by itself when the page leaves, falls silent for
 * `consentTimeoutSeconds` (RFC 7675), or never connects. Throws AppError UNAVAILABLE.
 */
export async function createWebRtcSide(
  context: RoomContext,
  consentTimeoutSeconds: number,
): Promise<WebRtcSide> {
  const { router, seat, census } = context;
  const transport = census.track(
    'transports',
    await needsWorker(() =>
      router.createWebRtcTransport({
        webRtcServer: seat.webRtcServer,
        enableUdp: true,
        enableTcp: true,
        preferUdp: true,
        iceConsentTimeout: consentTimeoutSeconds,
        initialAvailableOutgoingBitrate: FIRST_OUTGOING_BPS,
      }),
    ),
  );
  const ending = createEnding<LinkEndReason>();
  const patience = setTimeout(
    () => ending.end('never-connected'),
    context.timing.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
  );
  ending.onEnd(() => {
    clearTimeout(patience);
    transport.close();
  });
  transport.on('icestatechange', (state) => {
    if (state === 'disconnected') ending.end('connection-lost');
  });
  transport.on('dtlsstatechange', (state) => {
    if (state === 'connected') clearTimeout(patience);
    if (state === 'closed') ending.end('left');
    if (state === 'failed') ending.end('connection-lost');
  });
  context.adopt(ending);
  return {
    transport,
    ending,
    offer: toOffer(transport),
    connect: (dtlsParameters) =>
      onBehalfOf(ending, () => transport.connect({ dtlsParameters: parseDtlsParameters(dtlsParameters) })),
    restartIce: () => onBehalfOf(ending, async () => ({ ...(await transport.restartIce()) })),
  };
}

function toOffer(transport: types.WebRtcTransport): TransportOffer {
  return {
    id: transport.id,
    iceParameters: { ...transport.iceParameters },
    iceCandidates: transport.iceCandidates.map((candidate) => ({ ...candidate })),
    dtlsParameters: { ...transport.dtlsParameters },
  };
}
