import type { ReviewHook } from '@souk/protocol/http/community';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { CopyField } from '../../studio/broadcast/copy-field.tsx';
import { useDesk } from '../use-desk.ts';
import { ReviewHookForm } from './review-hook-form.tsx';
import { Section } from './section.tsx';
import { TryHook } from './try-hook.tsx';
import { useReviewHook } from './use-review-hook.ts';

/** Lets a service of the shop's own look at each message before others see it. */
export function ReviewHookCard() {
  const { t } = useTranslation();
  const { merchant } = useDesk();
  const state = useReviewHook(merchant.id);
  const { present, saving, removing, secret } = state;
  const hook = present.data?.hook;
  return (
    <Section title={t('community.hook')} text={t('community.hookText')} data-testid="review-hook">
      <ErrorMessage error={present.error} />
      {present.data === undefined && !present.isError && <Skeleton className="h-40" />}
      {hook !== undefined && (
        <ReviewHookForm key={formKey(hook)} hook={hook} saving={saving} removing={removing} />
      )}
      {secret !== null && (
        <div className="flex flex-col gap-1">
          <CopyField label={t('community.secret')} value={secret} data-testid="hook-secret" />
          <p className="text-sm font-medium text-accent-text">{t('community.secretOnce')}</p>
        </div>
      )}
      {hook != null && <TryHook trying={state.trying} />}
    </Section>
  );
}

/** The form begins anew with what was saved. */
function formKey(hook: ReviewHook | null): string {
  return JSON.stringify(hook);
}
