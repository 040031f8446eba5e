import { clsx } from 'clsx';
import { Flag, Hourglass } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/use-format.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import type { Waiting } from './waiting.ts';

export type WaitingAct = 'approve' | 'reject' | 'dismiss' | 'resolve';

export interface WaitingRowProps {
  waiting: Waiting;
  /** The text of the message that a report is about, as far as this page knows it. */
  reportedText: string | undefined;
  isGone: boolean;
  isSelected: boolean;
  onAct: (waiting: Waiting, act: WaitingAct) => void;
}

/** One held message or report: what it is about, and the two ways to deal with it. */
export const WaitingRow = memo(function WaitingRow(props: WaitingRowProps) {
  const { waiting, reportedText, isGone, isSelected, onAct } = props;
  const { t } = useTranslation();
  const acts = waiting.kind === 'held' ? (['approve', 'reject'] as const) : (['dismiss', 'resolve'] as const);
  return (
    <li
      data-testid={waiting.kind === 'held' ? 'held-message' : 'report'}
      data-gone={isGone || undefined}
      data-row={waiting.key}
      tabIndex={-1}
      aria-current={isSelected || undefined}
      className={clsx(
        'flex flex-wrap items-center gap-x-2 gap-y-1 rounded-small py-1 ps-2 pe-1 text-sm -outline-offset-2!',
        isSelected ? 'bg-accent-soft' : 'hover:bg-surface-hover',
        isGone && 'opacity-50',
      )}
    >
      <div className="min-w-52 flex-1">
        {waiting.kind === 'held' ? (
          <Held waiting={waiting} />
        ) : (
          <Report waiting={waiting} reportedText={reportedText} />
        )}
      </div>
      <div className="ms-auto flex gap-1">
        {acts.map((act, index) => (
          <Button
            key={act}
            size="small"
            tabIndex={-1}
            variant={index === 0 ? 'outline' : 'danger-soft'}
            data-testid={`row-${act}`}
            disabled={isGone}
            onClick={() => onAct(waiting, act)}
          >
            {t(`moderation.acts.${act}`)}
          </Button>
        ))}
      </div>
    </li>
  );
});

function Held({ waiting }: { waiting: Extract<Waiting, { kind: 'held' }> }) {
  const { t } = useTranslation();
  const { timeOfDay } = useFormat();
  const { message } = waiting;
  return (
    <p className="leading-5 wrap-anywhere">
      <Badge tone="accent" className="me-1.5 h-5 px-1.5">
        <Hourglass aria-hidden className="size-3" />
        {t(`moderation.causes.${message.cause}`)}
      </Badge>
      <span className="me-1.5 font-semibold">
        <bdi>{message.name}</bdi>
      </span>
      <span dir="auto">{message.text}</span>
      <time className="figures ms-2 text-xs text-text-muted">{timeOfDay(message.at)}</time>
    </p>
  );
}

interface ReportProps {
  waiting: Extract<Waiting, { kind: 'report' }>;
  reportedText: string | undefined;
}

function Report({ waiting: { report, at }, reportedText }: ReportProps) {
  const { t } = useTranslation();
  const { timeOfDay, count } = useFormat();
  return (
    <p className="leading-5 wrap-anywhere">
      <Badge tone="danger" className="me-1.5 h-5 px-1.5">
        <Flag aria-hidden className="size-3" />
        {t(`moderation.reportReasons.${report.reason}`)}
        {report.count > 1 && (
          <span className="figures">
            {t('staff.repeated', { count: report.count, shown: count(report.count) })}
          </span>
        )}
      </Badge>
      <span className="me-1.5 font-semibold">
        <bdi>{report.name}</bdi>
      </span>
      {report.messageId === null ? (
        <span className="text-text-muted">{t('moderation.personReported')}</span>
      ) : (
        <span dir="auto">{reportedText ?? t('moderation.olderMessage')}</span>
      )}
      {report.note !== '' && (
        <span className="ms-1.5 text-text-muted">
          “<bdi>{report.note}</bdi>”
        </span>
      )}
      <time className="figures ms-2 text-xs text-text-muted">{timeOfDay(at)}</time>
    </p>
  );
}
