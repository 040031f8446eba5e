import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readRtpTimestamp } from '@souk/broadcast/rtp/capture-time';
import { createRtpRelay, type RtpRelay } from '@souk/broadcast/rtp/relay';
import type { RtpPort, RtpTrack } from '@souk/broadcast/rtp/track';
import { openUdp } from '@souk/broadcast/testing/rtp-sender';
import { createCaptureClock } from '../capture-clock.ts';

const run = promisify(execFile);

/** How the picture is encoded. */
export type FlashCodec = 'H264' | 'VP8';

const CAPTURE_TIME_ID = 10;
/** Longer than any test takes: where a film begins again, its packets stop. */
const SECONDS = 90;

export const flashTracks: Readonly<Record<FlashCodec | 'opus', RtpTrack>> = {
  H264: {
    kind: 'video',
    mimeType: 'video/H264',
    payloadType: 102,
    clockRate: 90_000,
    ssrc: 5_000_102,
    parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
    absCaptureTimeId: CAPTURE_TIME_ID,
  },
  VP8: {
    kind: 'video',
    mimeType: 'video/VP8',
    payloadType: 101,
    clockRate: 90_000,
    ssrc: 5_000_101,
    absCaptureTimeId: CAPTURE_TIME_ID,
  },
  opus: {
    kind: 'audio',
    mimeType: 'audio/opus',
    payloadType: 111,
    clockRate: 48_000,
    channels: 2,
    ssrc: 5_000_111,
    absCaptureTimeId: CAPTURE_TIME_ID,
  },
};

/** A film in which each second begins with a white flash and a beep of 100 ms, to see whether they stay together. */
export interface FlashFilm {
  /** Sends it to the ports of an ingest. */
  play(ports: readonly RtpPort[]): Promise<FlashBroadcast>;
  remove(): Promise<void>;
}

export interface FlashBroadcast {
  /** When the first second began, Unix milliseconds: flashes were captured then and each second after. */
  readonly startedAt: number;
  stop(): void;
}

const pictureCodecs: Readonly<Record<FlashCodec, readonly string[]>> = {
  H264: ['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-profile:v', 'baseline'],
  VP8: ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '300k'],
};

/**
 * Encodes the film once, so that playing it costs nothing. Key frames come each second. `sizes` are the layers of the
 * picture, the smallest first.
 */
export async function createFlashFilm(
  codec: FlashCodec = 'H264',
  sizes: readonly string[] = ['320x180'],
): Promise<FlashFilm> {
  const folder = await mkdtemp(join(tmpdir(), 'souk-flash-'));
  const file = join(folder, 'film.mkv');
  await run('ffmpeg', [
    ...['-y', '-loglevel', 'error', '-f', 'lavfi', '-i'],
    `aevalsrc='if(lt(mod(t,1),0.1),sin(2*PI*1000*t),0)':s=48000:d=${SECONDS}`,
    ...sizes.flatMap((size) => ['-f', 'lavfi', '-i', pictureOf(size)]),
    ...['-map', '0:a', ...sizes.flatMap((_, index) => ['-map', `${index + 1}:v`])],
    ...pictureCodecs[codec],
    ...['-pix_fmt', 'yuv420p', '-g', '30', '-keyint_min', '30', '-sc_threshold', '0'],
    ...['-c:a', 'libopus', '-ac', '2', '-b:a', '64k', file],
  ]);
  return {
    play: (ports) => playFilm(file, codec, ports),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function pictureOf(size: string): string {
  return `color=c=black:s=${size}:r=30:d=${SECONDS},drawbox=c=white:t=fill:enable='lt(mod(t,1),0.1)'`;
}

async function playFilm(file: string, codec: FlashCodec, ports: readonly RtpPort[]): Promise<FlashBroadcast> {
  const relays = await Promise.all(
    ports.map(async (port): Promise<Way> => {
      const track = flashTracks[port.kind === 'audio' ? 'opus' : codec];
      const clock = { now: () => Date.now() };
      const to = { ip: port.ip, port: port.port };
      const { clockRate } = track;
      const relay = await createRtpRelay({
        ...{ to, clockRate, clock, extensionId: CAPTURE_TIME_ID },
        onOffTime: () => undefined,
      });
      return { relay, track, port };
    }),
  );
  const pictures = relays.filter(({ track }) => track.kind === 'video');
  const outputs = relays.flatMap((way) => [
    ...['-map', way.track.kind === 'audio' ? '0:a' : `0:v:${pictures.indexOf(way)}`, '-c', 'copy'],
    ...rtpOutput(way),
  ]);
  const pace = await createPaceMeter();
  const input = ['-nostdin', '-loglevel', 'error', '-re', '-i', file];
  const toMeter = [
    '-map',
    '0:a',
    '-c',
    'copy',
    '-f',
    'rtp',
    `rtp://127.0.0.1:${pace.port}?rtcpport=${pace.rtcpPort}&connect=1`,
  ];
  const ffmpeg = spawn('ffmpeg', [...input, ...outputs, ...toMeter], { stdio: 'ignore' });
  await Promise.all(relays.map(({ relay }) => relay.firstPacket));
  // Picture and sound begin with the same moment of the film.
  const startedAt = await pace.startedAt;
  for (const { relay } of relays) relay.setFirstFrame(startedAt);
  return {
    startedAt,
    stop() {
      ffmpeg.kill('SIGKILL');
      pace.close();
      for (const { relay } of relays) relay.close();
    },
  };
}

interface Way {
  readonly relay: RtpRelay;
  readonly track: RtpTrack;
  readonly port: RtpPort;
}

function rtpOutput({ relay, track, port }: Way): string[] {
  return [
    ...(track.mimeType === 'video/H264' ? ['-bsf:v', 'h264_mp4toannexb'] : []),
    ...['-payload_type', String(track.payloadType), '-ssrc', String(track.ssrc), '-f', 'rtp'],
    `rtp://127.0.0.1:${relay.port}?rtcpport=${port.rtcpPort}&connect=1&pkt_size=1150`,
  ];
}

/** Packets that the meter looks at: half a second of sound. */
const PACE_PACKETS = 25;

/**
 * Finds when a film began. Any one packet is read late on a busy machine, so the one of the first half second that was
 * delayed least decides.
 */
async function createPaceMeter() {
  const end = await openUdp();
  // ffmpeg ends when nobody takes its reports.
  const reports = await openUdp();
  const clock = createCaptureClock(flashTracks.opus.clockRate);
  const startedAt = new Promise<number>((resolve) => {
    let first: number | undefined;
    let seen = 0;
    end.socket.on('message', (packet) => {
      const timestamp = readRtpTimestamp(packet);
      first ??= timestamp;
      clock.noteArrival((timestamp - first) | 0, Date.now());
      seen += 1;
      if (seen === PACE_PACKETS) resolve(clock.arrivalMs(0) ?? 0);
    });
  });
  return {
    port: end.port,
    rtcpPort: reports.port,
    startedAt,
    close() {
      end.close();
      reports.close();
    },
  };
}
