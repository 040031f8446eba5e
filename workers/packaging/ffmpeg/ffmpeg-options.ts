import type { Picture, RunOutput, RunPlan } from './run-plan.ts';

/** How ffmpeg is told what to do, without its program name. */
export interface FfmpegOptions {
  readonly inputs: readonly { readonly source: string; readonly options: readonly string[] }[];
  /** Undefined when nothing is filtered. */
  readonly filter: string | undefined;
  readonly outputs: readonly { readonly url: string; readonly options: readonly string[] }[];
}

export interface FfmpegPlaces {
  readonly source: string;
  url(slot: string): string;
  /** When the first picture of each input is due, milliseconds. */
  readonly leadsMs: readonly number[];
  /** Width by height of what is encoded; undefined for as wide as 16:9. */
  readonly aspect?: number;
}

const KEY_FRAME_SECONDS = 1;
const PICTURE_TICKS_PER_MS = 90;
/** Tells nothing of frame rates beforehand: ffmpeg would wait for twenty frames to find out. */
const QUICKLY = ['-analyzeduration', '1000000', '-fpsprobesize', '0'];
/**
 * Frames keep their own times. The encoder would take the clock's rate for the picture's, and starve each frame of bits:
 * so it is told what cameras do at most.
 */
const AS_IT_COMES = [
  '-fps_mode',
  'passthrough',
  '-enc_time_base',
  '1:90000',
  '-x264-params',
  'fps=30:level=31',
];
const FRAGMENTS = '+frag_keyframe+delay_moov+default_base_moof+frag_discont+skip_trailer';

/** Timestamps pass through untouched (`copyts`): moment 0 is the run's origin, in every output. */
export function createFfmpegOptions(plan: RunPlan, places: FfmpegPlaces): FfmpegOptions {
  const isBlack = plan.outputs.some(({ picture }) => picture.mode === 'black');
  const isSilent = plan.outputs.some(({ sound }) => sound === undefined);
  const inputs = [
    { source: places.source, options: ['-rtsp_transport', 'tcp', ...QUICKLY] },
    ...(isBlack ? [generated('color=c=black:s=640x360:r=10')] : []),
    ...(isSilent ? [generated('anullsrc=r=48000:cl=stereo')] : []),
  ];
  return {
    inputs,
    filter: createFilter(plan, places.aspect ?? 16 / 9),
    outputs: plan.outputs.map((output) => ({
      url: places.url(output.slot),
      options: [
        ...['-map', pictureSource(output)],
        ...['-map', output.sound === undefined ? '1:a' : `0:${output.sound}`],
        ...pictureOptions(output.picture, places.leadsMs),
        ...['-c:a', 'aac', '-b:a', '96k', '-ar', '48000', '-ac', '2', '-af', 'aresample=async=1000'],
        ...['-copyts', '-avoid_negative_ts', 'disabled', '-muxdelay', '0', '-flush_packets', '1'],
        ...['-max_interleave_delta', '2000000', '-video_track_timescale', '90000', '-use_editlist', '0'],
        ...['-f', 'mp4', '-movflags', FRAGMENTS, '-method', 'PUT'],
      ],
    })),
  };
}

function generated(source: string): FfmpegOptions['inputs'][number] {
  return { source, options: ['-f', 'lavfi'] };
}

function pictureSource({ slot, picture }: RunOutput): string {
  switch (picture.mode) {
    case 'copy':
      return `0:${picture.input}`;
    case 'encode':
      return `[${slot}]`;
    case 'black':
      return '1:v';
  }
}

function pictureOptions(picture: Picture, leadsMs: readonly number[]): string[] {
  if (picture.mode === 'copy') {
    // The first picture comes out of the demuxer without its time. WebRTC has no B-frames: pictures are due as shown.
    const first = Math.round((leadsMs[picture.input] ?? 0) * PICTURE_TICKS_PER_MS);
    return ['-c:v', 'copy', '-bsf:v', `setts=ts=if(eq(N\\,0)\\,${first}\\,PTS)`];
  }
  const kbps = picture.mode === 'black' ? 20 : picture.kbps;
  return [
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-profile:v', 'baseline'],
    ...['-pix_fmt', 'yuv420p', '-b:v', `${kbps}k`, '-maxrate', `${kbps}k`, '-bufsize', `${kbps}k`],
    ...['-g', '600', '-force_key_frames', `expr:gte(t,n_forced*${KEY_FRAME_SECONDS})`],
    ...(picture.mode === 'encode' ? AS_IT_COMES : []),
  ];
}

/** Splits the one picture and fits it into each rung, whatever size it comes in. */
function createFilter({ outputs }: RunPlan, aspect: number): string | undefined {
  const rungs = outputs.flatMap(({ slot, picture }) =>
    picture.mode === 'encode' ? [{ slot, picture }] : [],
  );
  const [first] = rungs;
  if (first === undefined) return undefined;
  const split = `[0:${first.picture.input}]split=${rungs.length}${rungs.map(({ slot }) => `[in-${slot}]`).join('')}`;
  const fits = rungs.map(({ slot, picture: { shortSide } }) => {
    const [width, height] = sizeOf(shortSide, aspect);
    const scale = `scale=${width}:${height}:force_original_aspect_ratio=decrease`;
    return `[in-${slot}]${scale},pad=${width}:${height}:-1:-1,setsar=1[${slot}]`;
  });
  return [split, ...fits].join(';');
}

/** Shapes of cameras; what is nearly one of them is meant to be it. */
const USUAL_ASPECTS = [16 / 9, 4 / 3, 1, 3 / 4, 9 / 16] as const;
const NEARLY = 0.04;

/** Encoders want even numbers. */
function sizeOf(shortSide: number, roughAspect: number): [number, number] {
  const usual = USUAL_ASPECTS.find((shape) => Math.abs(roughAspect / shape - 1) < NEARLY);
  const aspect = usual ?? roughAspect;
  const long = 2 * Math.round((shortSide * Math.max(aspect, 1 / aspect)) / 2);
  return aspect >= 1 ? [long, shortSide] : [shortSide, long];
}
