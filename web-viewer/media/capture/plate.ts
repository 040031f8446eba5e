/** A picture that stands in for the camera. */
export interface Plate {
  readonly track: MediaStreamTrack;
  stop(): void;
}

const WIDTH = 1_280;
const HEIGHT = 720;
const FRAMES_PER_SECOND = 5;

/** A calm picture with a sentence on it, sent while the camera is off; viewers see words instead of black. */
export function createPlate(words: string): Plate {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext('2d', { alpha: false });
  const draw = (): void => {
    if (context === null) return;
    const light = context.createRadialGradient(
      WIDTH / 2,
      HEIGHT * 0.4,
      40,
      WIDTH / 2,
      HEIGHT / 2,
      WIDTH * 0.7,
    );
    light.addColorStop(0, '#4a3a22');
    light.addColorStop(1, '#17130e');
    context.fillStyle = light;
    context.fillRect(0, 0, WIDTH, HEIGHT);
    context.fillStyle = '#f7f1e6';
    context.font = '600 52px "Inter Variable", system-ui, sans-serif';
    context.textAlign = 'center';
    context.fillText(words, WIDTH / 2, HEIGHT / 2, WIDTH * 0.8);
  };
  draw();
  // A canvas that is not drawn sends nothing, and a decoder that joins late would wait for ever.
  const timer = setInterval(draw, 1_000 / FRAMES_PER_SECOND);
  const [track] = canvas.captureStream(FRAMES_PER_SECOND).getVideoTracks();
  if (track === undefined) throw new Error('a canvas has a picture');
  return {
    track,
    stop: () => {
      clearInterval(timer);
      track.stop();
    },
  };
}
