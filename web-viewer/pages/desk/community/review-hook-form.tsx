import { hookFallbacks, type ReviewHook, reviewHookSchema } from '@souk/protocol/http/community';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { Field } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { Switch } from '../../../ui/switch.tsx';
import type { ReviewHookState } from './use-review-hook.ts';

export interface ReviewHookFormProps extends Pick<ReviewHookState, 'saving' | 'removing'> {
  /** Null: none is set yet. */
  hook: ReviewHook | null;
}

const noHook: ReviewHook = { url: '', onTimeout: 'hold', isOn: true };

/** Address of the hook, whether it is asked, and what happens when it does not answer. */
export function ReviewHookForm({ hook, saving, removing }: ReviewHookFormProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<ReviewHook>(hook ?? noHook);
  const [isTried, setTried] = useState(false);
  const isValid = reviewHookSchema.safeParse(draft).success && /^https?:\/\//.test(draft.url);
  const save = (isNewSecretWanted: boolean): void => {
    setTried(true);
    if (isValid) saving.mutate({ hook: draft, isNewSecretWanted });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save(hook === null);
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-3">
      <Field
        data-testid="hook-url"
        label={t('community.url')}
        type="url"
        dir="ltr"
        placeholder="https://"
        autoComplete="off"
        value={draft.url}
        error={isTried && !isValid ? t('community.urlFault') : undefined}
        onChange={(event) => setDraft({ ...draft, url: event.target.value.trim() })}
      />
      <Select
        data-testid="hook-fallback"
        label={t('community.onTimeout')}
        hint={t('community.onTimeoutHint')}
        value={draft.onTimeout}
        options={hookFallbacks.map((value) => ({ value, label: t(`community.fallbacks.${value}`) }))}
        onChange={(onTimeout) => setDraft({ ...draft, onTimeout })}
      />
      <Switch
        label={t('community.isOn')}
        hint={t('community.isOnHint')}
        checked={draft.isOn}
        onChange={(isOn) => setDraft({ ...draft, isOn })}
      />
      <ErrorMessage error={saving.error ?? removing.error} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="solid" data-testid="save-hook" busy={saving.isPending}>
          {t('common.save')}
        </Button>
        {hook !== null && (
          <>
            <Button variant="outline" data-testid="new-secret" onClick={() => save(true)}>
              {t('community.newSecret')}
            </Button>
            <Button
              variant="danger-soft"
              data-testid="remove-hook"
              busy={removing.isPending}
              onClick={() => removing.mutate()}
            >
              {t('common.remove')}
            </Button>
          </>
        )}
      </div>
    </form>
  );
}
