import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { serverClock } from '../../api/hub.ts';
import type { ShowFeed } from '../../api/show-feed.ts';
import { type AudienceSeries, addMark, addPoint, emptySeries, type Mark } from './audience-series.ts';

const POINT_EVERY_MS = 2_000;

/** Viewers over time as a quiet line; pins are thin lines, sales strong ones. */
export function AudienceCurve({ feed }: { feed: ShowFeed }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    let series = emptySeries;
    const plot = createPlot(element, () => series.marks);
    const draw = (next: AudienceSeries): void => {
      series = next;
      plot.setData([[...series.seconds], [...series.viewers]]);
    };
    const look = (): void =>
      draw(addPoint(series, serverClock.now(), feed.store.getState().levels.viewers ?? 0));
    look();
    const timer = window.setInterval(look, POINT_EVERY_MS);
    const stopEntries = feed.onEntry((entry) => {
      const marked = addMark(series, entry);
      if (marked !== series) draw(marked);
    });
    const sizes = new ResizeObserver(() => plot.setSize(sizeOf(element)));
    sizes.observe(element);
    return () => {
      window.clearInterval(timer);
      stopEntries();
      sizes.disconnect();
      plot.destroy();
    };
  }, [feed]);
  return (
    <div
      ref={box}
      role="img"
      aria-label={t('studio.curve')}
      className="h-full overflow-hidden border-accent text-text-muted outline-line-strong"
      dir="ltr"
    />
  );
}

function sizeOf(element: HTMLElement): { width: number; height: number } {
  return { width: Math.max(1, element.clientWidth), height: Math.max(1, element.clientHeight) };
}

function createPlot(element: HTMLElement, marks: () => readonly Mark[]): uPlot {
  // A canvas knows no variables: the element wears the colours, and the browser says what they are in this theme.
  const worn = getComputedStyle(element);
  const hidden = { show: false };
  return new uPlot(
    {
      ...sizeOf(element),
      legend: hidden,
      cursor: hidden,
      axes: [hidden, hidden],
      padding: [4, 2, 4, 2],
      scales: { y: { range: (_plot, _min, max) => [0, Math.max(4, max * 1.15)] } },
      series: [{}, { stroke: () => worn.color, width: 1.5, points: hidden }],
      hooks: {
        draw: [
          (plot) => {
            for (const mark of marks()) {
              drawMark(plot, mark, mark.kind === 'sale' ? worn.borderTopColor : worn.outlineColor);
            }
          },
        ],
      },
    },
    [[], []],
    element,
  );
}

function drawMark(plot: uPlot, mark: Mark, colour: string): void {
  const { ctx, bbox } = plot;
  const x = plot.valToPos(mark.at / 1_000, 'x', true);
  if (x < bbox.left || x > bbox.left + bbox.width) return;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = (mark.kind === 'sale' ? 3 : 1) * devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}
