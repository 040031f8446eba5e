import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { endingWithUs } from '../world/child-process.ts';
import type { MediaKind } from './media-api.ts';

export interface TestPictureOptions {
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  readonly videoBitrateBps: number;
  readonly payloadTypes: Readonly<Record<MediaKind, number>>;
  readonly ssrcs: Readonly<Record<MediaKind, number>>;
  onPacket(kind: MediaKind, packet: Buffer): void;
}

export interface TestPicture {
  stop(): Promise<void>;
}

/** A moving test picture with a tone: VP8 with a key frame each second, and Opus, as RTP packets made by ffmpeg. */
export async function startTestPicture(options: TestPictureOptions): Promise<TestPicture> {
  const [audio, video] = await Promise.all([listen('audio', options), listen('video', options)]);
  const [file, args] = endingWithUs(
    'ffmpeg',
    ffmpegArguments(options, audio.address().port, video.address().port),
  );
  const ffmpeg = spawn(file, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  await once(ffmpeg, 'spawn');
  return {
    async stop() {
      await endProcess(ffmpeg);
      audio.close();
      video.close();
    },
  };
}

async function listen(kind: MediaKind, { onPacket }: TestPictureOptions): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.on('message', (packet) => onPacket(kind, packet));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

/** Reports of ffmpeg (RTCP) go to the same socket; the publisher leaves them out. */
function ffmpegArguments(options: TestPictureOptions, audioPort: number, videoPort: number): string[] {
  const { width, height, framesPerSecond, videoBitrateBps, payloadTypes, ssrcs } = options;
  const target = (port: number): string => `rtp://127.0.0.1:${port}?rtcpport=${port}&pkt_size=1200`;
  return [
    '-hide_banner',
    ...['-loglevel', 'error'],
    ...['-re', '-f', 'lavfi', '-i', `testsrc2=size=${width}x${height}:rate=${framesPerSecond}`],
    ...['-re', '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000'],
    ...['-map', '0:v', '-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-threads', '1'],
    ...['-b:v', String(videoBitrateBps), '-g', String(framesPerSecond), '-auto-alt-ref', '0'],
    ...[
      '-payload_type',
      String(payloadTypes.video),
      '-ssrc',
      String(ssrcs.video),
      '-f',
      'rtp',
      target(videoPort),
    ],
    ...['-map', '1:a', '-c:a', 'libopus', '-b:a', '32000', '-ac', '2'],
    ...[
      '-payload_type',
      String(payloadTypes.audio),
      '-ssrc',
      String(ssrcs.audio),
      '-f',
      'rtp',
      target(audioPort),
    ],
  ];
}

async function endProcess(ffmpeg: ChildProcess): Promise<void> {
  if (ffmpeg.exitCode !== null || ffmpeg.signalCode !== null) return;
  const gone = once(ffmpeg, 'exit');
  const timer = setTimeout(() => ffmpeg.kill('SIGKILL'), 2_000);
  ffmpeg.kill('SIGTERM');
  await gone;
  clearTimeout(timer);
}
