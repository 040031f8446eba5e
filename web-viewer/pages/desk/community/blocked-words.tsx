import type { MerchantId } from '@souk/protocol/ids';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/session.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { parseWords, wordsText } from '../../staff/chat-settings/parse-words.ts';
import { TryIt } from '../../staff/chat-settings/try-it.tsx';
import { WordsField } from '../../staff/chat-settings/words-field.tsx';
import { useDesk } from '../use-desk.ts';
import { useUnsavedGuard } from '../use-unsaved-guard.tsx';
import { Section } from './section.tsx';

/** The words that are blocked in every show of the shop. */
export function BlockedWords() {
  const { t } = useTranslation();
  const { merchant } = useDesk();
  const present = useQuery({
    queryKey: ['blocked-words', merchant.id],
    queryFn: ({ signal }) =>
      api.call('blocked-words:get', { params: { merchantId: merchant.id } }, { signal }),
  });
  return (
    <Section title={t('community.words')} text={t('community.wordsText')} data-testid="shop-words">
      <ErrorMessage error={present.error} />
      {present.data === undefined && !present.isError && <Skeleton className="h-40" />}
      {present.data !== undefined && <WordsForm merchantId={merchant.id} saved={present.data.words} />}
    </Section>
  );
}

function WordsForm({ merchantId, saved }: { merchantId: MerchantId; saved: readonly string[] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [typed, setTyped] = useState<string>();
  const text = typed ?? wordsText(saved);
  const { words, fault } = parseWords(text);
  const isChanged = wordsText(words) !== wordsText(saved);
  const changed = useRef(isChanged);
  changed.current = isChanged;
  const guard = useUnsavedGuard(useCallback(() => changed.current, []));
  const saving = useMutation({
    mutationFn: (news: readonly string[]) =>
      api.call('blocked-words:set', { params: { merchantId }, body: { words: [...news] } }),
    onSuccess: (_, news) => {
      client.setQueryData(['blocked-words', merchantId], { words: news });
      setTyped(undefined);
      showToast(t('chatRules.saved'), { tone: 'success' });
    },
  });
  return (
    <>
      <WordsField
        label={t('community.wordsLabel')}
        hint={t('chatRules.wordsHint')}
        text={text}
        onChange={setTyped}
      />
      <ErrorMessage error={saving.error} />
      <Button
        variant="solid"
        className="self-start"
        data-testid="save-words"
        busy={saving.isPending}
        disabled={!isChanged || fault !== undefined}
        onClick={() => saving.mutate(words)}
      >
        {t('chatRules.saveWords')}
      </Button>
      <TryIt rules={{ words, onMatch: 'refuse', isReviewed: false, areLinksAllowed: true }} />
      {guard}
    </>
  );
}
