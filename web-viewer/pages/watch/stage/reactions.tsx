import { useEffect, useState } from 'react';
import type { ShowFeed } from '../../../api/show-feed.ts';

interface Floater {
  readonly id: number;
  readonly emoji: string;
  readonly startPercent: number;
  readonly drift: string;
  readonly delayMs: number;
}

const MAX_PER_FRAME = 6;
const MAX_AT_ONCE = 40;
let nextId = 1;

/** The reactions of all viewers, rising at the end side of the picture. */
export function Reactions({ feed }: { feed: ShowFeed }) {
  const [floaters, setFloaters] = useState<readonly Floater[]>([]);
  useEffect(
    () =>
      feed.onReactions((counts) => {
        const fresh = Object.entries(counts).flatMap(([emoji, count]) =>
          Array.from({ length: Math.min(MAX_PER_FRAME, count) }, () => createFloater(emoji)),
        );
        setFloaters((old) => [...old, ...fresh].slice(-MAX_AT_ONCE));
      }),
    [feed],
  );
  const drop = (id: number) => setFloaters((old) => old.filter((floater) => floater.id !== id));
  return (
    <div aria-hidden className="pointer-events-none absolute end-2 bottom-16 h-72 w-24 lg:end-4 lg:bottom-4">
      {floaters.map((floater) => (
        <span
          key={floater.id}
          onAnimationEnd={() => drop(floater.id)}
          className="absolute bottom-0 animate-float-up text-3xl"
          style={{
            insetInlineStart: `${floater.startPercent}%`,
            animationDelay: `${floater.delayMs}ms`,
            ['--drift' as string]: floater.drift,
          }}
        >
          {floater.emoji}
        </span>
      ))}
    </div>
  );
}

function createFloater(emoji: string): Floater {
  nextId += 1;
  return {
    id: nextId,
    emoji,
    startPercent: Math.random() * 65,
    drift: `${Math.round(Math.random() * 48 - 24)}px`,
    delayMs: Math.round(Math.random() * 250),
  };
}
