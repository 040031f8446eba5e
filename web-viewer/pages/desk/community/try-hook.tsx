import { limits } from '@souk/protocol/limits';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/use-format.ts';
import { Badge, type BadgeProps } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { Field } from '../../../ui/field.tsx';
import type { ReviewHookState } from './use-review-hook.ts';

const tones = {
  allow: 'success',
  deny: 'danger',
  rewrite: 'accent',
  timeout: 'danger',
  'bad-answer': 'danger',
  unreachable: 'danger',
} as const satisfies Record<string, NonNullable<BadgeProps['tone']>>;

/** Sends a made-up message to the saved hook, and shows its answer and how long it took. */
export function TryHook({ trying }: Pick<ReviewHookState, 'trying'>) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const [text, setText] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '') trying.mutate(text);
  };
  const answer = trying.data;
  return (
    <form onSubmit={submit} className="flex flex-col gap-2 rounded-large border border-line p-3">
      <div className="flex items-end gap-2">
        <Field
          className="flex-1"
          data-testid="hook-text"
          label={t('community.tryHook')}
          placeholder={t('chatRules.tryHint')}
          autoComplete="off"
          maxLength={limits.chatTextCodePoints}
          dir={text === '' ? undefined : 'auto'}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" data-testid="try-hook" busy={trying.isPending}>
          {t('community.send')}
        </Button>
      </div>
      <ErrorMessage error={trying.error} />
      <div role="status" className="min-h-6 text-sm">
        {answer !== undefined && !trying.isPending && (
          <p
            data-testid="hook-answer"
            data-outcome={answer.outcome}
            className="flex flex-wrap items-center gap-2"
          >
            <Badge tone={tones[answer.outcome]}>{t(`community.answers.${answer.outcome}`)}</Badge>
            <span className="figures text-text-muted">
              {t('community.took', { ms: count(answer.tookMs) })}
            </span>
            {answer.text !== null && <span dir="auto">“{answer.text}”</span>}
          </p>
        )}
      </div>
    </form>
  );
}
