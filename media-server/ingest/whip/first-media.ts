import type { PublishLink } from '../../sfu/sfu-backend.ts';

const LOOK_EVERY_MS = 200;

/** Calls the listener once something arrives over a link, unless the link ends before. */
export function onFirstMedia(link: Pick<PublishLink, 'figures' | 'onEnd'>, listener: () => void): void {
  const stop = (): void => clearInterval(timer);
  const look = async (): Promise<void> => {
    const arrives = (await link.figures()).some(({ bitrateBps }) => bitrateBps > 0);
    // Two looks may be under way at once, and the link may have ended meanwhile.
    if (!arrives || isOver) return;
    isOver = true;
    stop();
    listener();
  };
  let isOver = false;
  // A link whose figures cannot be read is about to end.
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_EVERY_MS);
  link.onEnd(() => {
    isOver = true;
    stop();
  });
}
