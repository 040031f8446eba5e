import { blockedWordActions } from '@souk/protocol/chat';
import type { ShowId } from '@souk/protocol/ids';
import { Webhook } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { parseWords, wordsText } from './parse-words.ts';
import { TryIt } from './try-it.tsx';
import { type ShowFilter, useChatFilter } from './use-chat-filter.ts';
import { WordsField } from './words-field.tsx';

export interface FilterFormProps {
  showId: ShowId;
  areLinksAllowed: boolean;
}

/** The words that are blocked in this show, what becomes of a message with one, and whether all wait. */
export function FilterForm({ showId, areLinksAllowed }: FilterFormProps) {
  const { present, saving } = useChatFilter(showId);
  if (present.isError && present.data === undefined) {
    return (
      <ErrorMessage error={present.error} action={<RetryButton onClick={() => void present.refetch()} />} />
    );
  }
  if (present.data === undefined) return <Skeleton className="h-80 rounded-large" />;
  return (
    <>
      <FilterFields filter={present.data} saving={saving} areLinksAllowed={areLinksAllowed} />
      <ErrorMessage error={saving.error} />
    </>
  );
}

function RetryButton({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation();
  return (
    <Button size="small" onClick={onClick}>
      {t('common.retry')}
    </Button>
  );
}

interface FieldsProps {
  filter: ShowFilter;
  saving: ReturnType<typeof useChatFilter>['saving'];
  areLinksAllowed: boolean;
}

function FilterFields({ filter, saving, areLinksAllowed }: FieldsProps) {
  const { t } = useTranslation();
  // Undefined: what is saved. Words wait for the button; the other choices count at once.
  const [typed, setTyped] = useState<string>();
  const text = typed ?? wordsText(filter.words);
  const { words, fault } = parseWords(text);
  const isChanged = words.join('\n') !== wordsText(filter.words);
  const shown = saving.isPending ? { ...filter, ...saving.variables } : filter;
  const save = (change: Partial<ShowFilter>): void =>
    saving.mutate({ words: filter.words, onMatch: filter.onMatch, review: filter.review, ...change });
  return (
    <section aria-label={t('chatRules.filter')} className="flex flex-col gap-4">
      <Switch
        label={t('chatRules.reviewAll')}
        hint={t('chatRules.reviewAllHint')}
        checked={shown.review === 'everyone'}
        onChange={(isOn) => save({ review: isOn ? 'everyone' : 'none' })}
      />
      <div className="flex flex-col gap-1.5">
        <span className="text-sm font-medium">{t('chatRules.onMatch')}</span>
        <Segmented
          label={t('chatRules.onMatch')}
          value={shown.onMatch}
          options={blockedWordActions.map((value) => ({ value, label: t(`chatRules.actions.${value}`) }))}
          onChange={(onMatch) => save({ onMatch })}
        />
      </div>
      <WordsField
        label={t('chatRules.words')}
        hint={t('chatRules.wordsHint')}
        text={text}
        onChange={setTyped}
      />
      {filter.merchantWords.length > 0 && <MerchantWords words={filter.merchantWords} />}
      {filter.isHooked && (
        <p className="flex items-center gap-2 text-sm text-text-muted">
          <Webhook aria-hidden className="size-4 shrink-0" />
          {t('chatRules.hooked')}
        </p>
      )}
      <Button
        variant="solid"
        className="self-start"
        data-testid="save-words"
        busy={saving.isPending}
        disabled={!isChanged || fault !== undefined}
        onClick={() => save({ words: [...words] })}
      >
        {t('chatRules.saveWords')}
      </Button>
      <TryIt
        rules={{
          words: [...filter.merchantWords, ...words],
          onMatch: shown.onMatch,
          isReviewed: shown.review === 'everyone' || filter.isHooked,
          areLinksAllowed,
        }}
      />
    </section>
  );
}

function MerchantWords({ words }: { words: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <details className="text-sm">
      <summary className="min-h-9 cursor-pointer py-1.5 font-medium">
        {t('chatRules.merchantWords', { count: words.length })}
      </summary>
      <p dir="auto" className="rounded-small bg-surface-sunken p-3 text-text-muted wrap-anywhere">
        {words.join(' · ')}
      </p>
    </details>
  );
}
