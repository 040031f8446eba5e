import { createRtpRelay, type RtpRelay } from '@souk/broadcast/rtp/relay';
import type { RtpPort, RtpTrack } from '@souk/broadcast/rtp/track';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import type { IngestLink } from '../../sfu/sfu-backend.ts';
import { type FfmpegJob, startFfmpeg } from '../ffmpeg-process.ts';
import type { DemoAssets } from './demo-assets.ts';
import { createDemoFilter, PICTURE_BEGAN } from './demo-filter.ts';
import { layout } from './layout.ts';

const CAPTURE_TIME_ID = 10;
/** Leaves room for what SRTP and header extensions add, within the 1,200 bytes that pass everywhere. */
const PACKET_BYTES = 1_150;

const videoTrack = {
  kind: 'video',
  mimeType: 'video/H264',
  payloadType: 102,
  clockRate: 90_000,
  ssrc: 27_000_102,
  parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
  absCaptureTimeId: CAPTURE_TIME_ID,
} as const satisfies RtpTrack;

const audioTrack = {
  kind: 'audio',
  mimeType: 'audio/opus',
  payloadType: 111,
  clockRate: 48_000,
  channels: 2,
  ssrc: 27_000_111,
} as const satisfies RtpTrack;

/** H264, for every phone decodes it in hardware and HLS can copy it; opus for the sound. */
export const demoTracks: readonly RtpTrack[] = [audioTrack, videoTrack];

export interface DemoBroadcast {
  /** Resolves when the first picture is on its way. */
  readonly began: Promise<void>;
  /** Resolves with ffmpeg's last words when it has ended. */
  readonly ended: Promise<string>;
  stop(): void;
}

/** Sends the demo picture and its tune into an ingest, until it is stopped or ffmpeg ends. */
export async function startDemoBroadcast(options: {
  readonly assets: DemoAssets;
  readonly link: IngestLink;
  readonly clock: Clock;
  readonly logger: Logger;
}): Promise<DemoBroadcast> {
  const { assets, link, clock, logger } = options;
  const video = getPort(link, 'video');
  const relay = await createRtpRelay({
    to: video,
    extensionId: CAPTURE_TIME_ID,
    clockRate: videoTrack.clockRate,
    clock,
    onOffTime: (lateMs) => {
      logger.warn({ event: 'demo-picture-off-time', lateMs });
      process.kill();
    },
  });
  const job = createJob(assets, { relay, video, audio: getPort(link, 'audio') }, (line) => {
    const began = PICTURE_BEGAN.exec(line)?.[1];
    if (began !== undefined) relay.setFirstFrame(Number(began) * 1_000);
    else if (line.trim() !== '') logger.debug({ event: 'ffmpeg-said', line });
  });
  const process = startFfmpeg(job);
  void process.ended.then(() => relay.close());
  return { began: relay.firstPacket, ended: process.ended, stop: process.kill };
}

function getPort(link: IngestLink, kind: RtpPort['kind']): RtpPort {
  const port = link.ports.find((candidate) => candidate.kind === kind);
  if (port === undefined) throw new TypeError(`the ingest has no port for ${kind}`);
  return port;
}

function createJob(
  assets: DemoAssets,
  to: { readonly relay: RtpRelay; readonly video: RtpPort; readonly audio: RtpPort },
  onLine: (line: string) => void,
): FfmpegJob {
  const { width, height, framesPerSecond: rate } = layout;
  const stills = [...assets.cards, assets.glow, assets.dot].map((source) => ({ source, options: [] }));
  return {
    inputs: [
      {
        source: `color=c=black:s=${width}x${height}:r=${rate},format=yuv420p`,
        options: ['-nostats', '-loglevel', 'error', '-f', 'lavfi'],
      },
      ...stills,
      { source: assets.tune, options: ['-re', '-stream_loop', '-1'] },
    ],
    filter: createDemoFilter(assets.cards.length),
    outputs: [
      {
        url: rtpUrl(to.relay.port, to.video.rtcpPort),
        options: ['-map', '[picture]', ...videoOptions, ...rtpOptions(videoTrack)],
      },
      {
        url: rtpUrl(to.audio.port, to.audio.rtcpPort),
        options: ['-map', `${stills.length + 1}:a`, ...audioOptions, ...rtpOptions(audioTrack)],
      },
    ],
    onLine,
  };
}

/**
 * `connect`: when nobody listens any more, the system refuses the packets and ffmpeg ends by itself.
 * So no ffmpeg outlives a media-server that was killed.
 */
function rtpUrl(port: number, rtcpPort: number): string {
  return `rtp://127.0.0.1:${port}?rtcpport=${rtcpPort}&connect=1&pkt_size=${PACKET_BYTES}`;
}

function rtpOptions({ payloadType, ssrc }: RtpTrack): string[] {
  return ['-f', 'rtp', '-payload_type', String(payloadType), '-ssrc', String(ssrc)];
}

/** One key frame each second, in the profile that every browser decodes; the encoder looks at one frame at a time. */
const videoOptions = [
  ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency'],
  ...['-profile:v', 'baseline', '-level', '3.1', '-pix_fmt', 'yuv420p', '-threads', '1'],
  ...['-g', String(layout.framesPerSecond), '-keyint_min', String(layout.framesPerSecond)],
  ...['-sc_threshold', '0', '-b:v', '900k', '-maxrate', '1200k', '-bufsize', '600k'],
];

const audioOptions = ['-c:a', 'libopus', '-b:a', '48k', '-ac', '2', '-compression_level', '3'];
