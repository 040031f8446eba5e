import { type ChatPolicy, chatAudiences } from '@souk/protocol/chat';
import type { ShowId } from '@souk/protocol/ids';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../../api/hub.ts';
import { api } from '../../../api/session.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import { Switch } from '../../../ui/switch.tsx';

const slowChoices = [0, 3, 5, 10, 30, 60, 120, 300];

export interface PolicyFormProps {
  feed: ShowFeed;
  showId: ShowId;
}

/** Who may chat, how fast, and whether with links; each choice counts at once. */
export function PolicyForm({ feed, showId }: PolicyFormProps) {
  const { t } = useTranslation();
  const present = useFeed(feed, (state) => state.show.chatPolicy);
  const setting = useMutation({
    mutationFn: (body: ChatPolicy) => api.call('chat-policy:set', { params: { showId }, body }),
  });
  const policy = setting.isPending ? setting.variables : present;
  const change = (news: Partial<ChatPolicy>): void => setting.mutate({ ...policy, ...news });
  return (
    <section aria-label={t('chatRules.policy')} className="flex flex-col gap-3">
      <div className="flex flex-col gap-1.5">
        <span className="text-sm font-medium">{t('chatRules.who')}</span>
        <Segmented
          label={t('chatRules.who')}
          value={policy.who}
          options={chatAudiences.map((value) => ({ value, label: t(`chatRules.audiences.${value}`) }))}
          onChange={(who) => change({ who })}
        />
      </div>
      <Select
        data-testid="slow-mode"
        label={t('chatRules.slow')}
        hint={t('chatRules.slowHint')}
        value={String(policy.slowSeconds)}
        options={secondsOf(policy).map((count) => ({
          value: String(count),
          label: count === 0 ? t('chatRules.slowOff') : t('chatRules.slowSeconds', { count }),
        }))}
        onChange={(seconds) => change({ slowSeconds: Number(seconds) })}
      />
      <Switch
        label={t('chatRules.links')}
        hint={t('chatRules.linksHint')}
        checked={policy.linksAllowed}
        onChange={(linksAllowed) => change({ linksAllowed })}
      />
      <ErrorMessage error={setting.error} />
    </section>
  );
}

/** The choices, and what is set where it is none of them. */
function secondsOf({ slowSeconds }: ChatPolicy): number[] {
  return [...new Set([...slowChoices, slowSeconds])].sort((a, b) => a - b);
}
