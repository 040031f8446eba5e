/** A picture that takes as many bits as a lively camera, and shows nothing of the host. */
export interface TestPicture {
  readonly stream: MediaStream;
  stop(): void;
}

const WIDTH = 1_280;
const HEIGHT = 720;
const FRAMES_PER_SECOND = 20;
const SPOTS_PER_FRAME = 160;

/** Draws spots of all colours all over, so that no encoder can spare much. */
export function createTestPicture(): TestPicture {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext('2d', { alpha: false });
  const draw = (): void => {
    for (let spot = 0; spot < SPOTS_PER_FRAME; spot += 1) {
      if (context === null) return;
      context.fillStyle = `hsl(${Math.random() * 360} 70% ${20 + Math.random() * 60}%)`;
      context.fillRect(
        Math.random() * WIDTH,
        Math.random() * HEIGHT,
        8 + Math.random() * 60,
        8 + Math.random() * 40,
      );
    }
  };
  const timer = setInterval(draw, 1_000 / FRAMES_PER_SECOND);
  const stream = canvas.captureStream(FRAMES_PER_SECOND);
  return {
    stream,
    stop: () => {
      clearInterval(timer);
      for (const track of stream.getTracks()) track.stop();
    },
  };
}
