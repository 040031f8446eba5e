import { CircleCheck, CircleX, Hourglass } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../../ui/field.tsx';
import { createJudge, type TryRules, type Verdict } from './try-text.ts';

const looks = {
  sent: { Icon: CircleCheck, className: 'text-success-text' },
  held: { Icon: Hourglass, className: 'text-accent-text' },
  refused: { Icon: CircleX, className: 'text-danger-text' },
} as const;

/** Tells what would become of a message under these rules, and why. Nothing is sent. */
export function TryIt({ rules }: { rules: TryRules }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const key = JSON.stringify(rules);
  // The rules are made anew at each drawing; only other ones need another judge.
  const judge = useMemo(() => createJudge(JSON.parse(key) as TryRules), [key]);
  const verdict = text.trim() === '' ? undefined : judge(text);
  return (
    <div className="flex flex-col gap-2 rounded-large border border-line p-3">
      <Field
        data-testid="try-text"
        label={t('chatRules.tryIt')}
        placeholder={t('chatRules.tryHint')}
        autoComplete="off"
        dir={text === '' ? undefined : 'auto'}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div role="status" className="min-h-11 text-sm">
        {verdict === undefined ? (
          <p className="py-1.5 text-text-muted">{t('chatRules.tryText')}</p>
        ) : (
          <Outcome verdict={verdict} />
        )}
      </div>
    </div>
  );
}

function Outcome({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation();
  const { Icon, className } = looks[verdict.outcome];
  const { word, hasLink } = verdict;
  return (
    <div data-testid="verdict" data-outcome={verdict.outcome} className="flex gap-2 py-1">
      <Icon aria-hidden className={`size-5 shrink-0 ${className}`} />
      <p className="wrap-anywhere">
        <span className="font-semibold">{t(`chatRules.outcomes.${verdict.outcome}`)}</span>{' '}
        {hasLink && <span>{t('chatRules.becauseLink')} </span>}
        {word !== null && (
          <span>
            {t(verdict.isDisguised ? 'chatRules.becauseDisguised' : 'chatRules.becauseWord', { word })}
          </span>
        )}
        {word === null && !hasLink && verdict.outcome === 'held' && t('chatRules.becauseReview')}
      </p>
    </div>
  );
}
