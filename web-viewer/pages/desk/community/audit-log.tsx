import type { AuditRow } from '@souk/protocol/http/community';
import { type ShowId, showIdSchema, type UserId, userIdSchema } from '@souk/protocol/ids';
import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorCodeOf } from '../../../api/api-error.ts';
import { api } from '../../../api/session.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { Select } from '../../../ui/select.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { deedText, recordedDeeds } from '../../staff/deed-text.ts';
import { MoreButton } from '../../staff/more-button.tsx';
import { downloadText } from '../download-text.ts';
import { useDesk } from '../use-desk.ts';
import { AuditTable } from './audit-table.tsx';
import { Section } from './section.tsx';
import { useNumberPages } from './use-number-pages.ts';

interface AuditFilter {
  readonly action?: string;
  readonly showId?: ShowId;
  readonly actorId?: UserId;
}

/** Who did what in the shows of the shop: newest first, narrowed by what, where and who, and as a file. */
export function AuditLog() {
  const { t } = useTranslation();
  const { merchant } = useDesk();
  const [filter, setFilter] = useState<AuditFilter>({});
  const params = { merchantId: merchant.id };
  const pages = useNumberPages({
    queryKey: ['audit', merchant.id, filter],
    load: (before, signal) => api.call('audit:list', { params, query: { ...filter, before } }, { signal }),
  });
  const exporting = useMutation({
    mutationFn: () => api.call('audit:export', { params, query: { ...filter } }),
    onSuccess: ({ fileName, csv }) => downloadText(fileName, csv, 'text/csv;charset=utf-8'),
    onError: (error) => showToast(t(`errors.${errorCodeOf(error)}`), { tone: 'danger' }),
  });
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Section
      title={t('community.audit')}
      text={t('community.auditText')}
      data-testid="audit"
      action={
        <Button
          variant="outline"
          data-testid="audit-export"
          busy={exporting.isPending}
          onClick={() => exporting.mutate()}
        >
          <Download aria-hidden className="size-4" />
          {t('community.download')}
        </Button>
      }
    >
      <Filters filter={filter} rows={rows} onChange={setFilter} />
      <ErrorMessage error={pages.error} />
      {pages.data === undefined && !pages.isError && <Skeleton className="h-60" />}
      {pages.data !== undefined && rows.length === 0 && (
        <p className="text-sm text-text-muted">{t('community.noAudit')}</p>
      )}
      {rows.length > 0 && <AuditTable rows={rows} />}
      <MoreButton pages={pages} />
    </Section>
  );
}

interface FiltersProps {
  filter: AuditFilter;
  /** Of these, shows and people can be chosen. */
  rows: readonly AuditRow[];
  onChange: (filter: AuditFilter) => void;
}

function Filters({ filter, rows, onChange }: FiltersProps) {
  const { t } = useTranslation();
  const [known, setKnown] = useState<readonly AuditRow[]>([]);
  // What was seen once can be chosen, also after the list has been narrowed.
  const seen = rows.length > known.length ? rows : known;
  if (seen !== known) setKnown(seen);
  const shows = new Map(
    seen.flatMap(({ showId, showTitle }) => (showId === null ? [] : [[showId, showTitle ?? showId]])),
  );
  const people = new Map(seen.map(({ actorId, actorName }) => [actorId, actorName]));
  const set = (news: { [Key in keyof AuditFilter]: AuditFilter[Key] | undefined }): void => {
    const next = Object.entries({ ...filter, ...news }).filter(([, value]) => value !== undefined);
    onChange(Object.fromEntries(next));
  };
  const all = { value: '', label: t('community.all') };
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <Select
        data-testid="audit-action"
        label={t('community.what')}
        value={filter.action ?? ''}
        options={[all, ...recordedDeeds.map((name) => ({ value: name as string, label: deedText(name, t) }))]}
        onChange={(action) => set({ action: action === '' ? undefined : action })}
      />
      <Select
        data-testid="audit-show"
        label={t('community.where')}
        value={filter.showId ?? ''}
        options={[
          all,
          ...[...shows].map(([value, label]) => ({ value: value as string, label: String(label) })),
        ]}
        onChange={(showId) => set({ showId: showIdSchema.safeParse(showId).data })}
      />
      <Select
        data-testid="audit-actor"
        label={t('community.who')}
        value={filter.actorId ?? ''}
        options={[all, ...[...people].map(([value, label]) => ({ value: value as string, label }))]}
        onChange={(actorId) => set({ actorId: userIdSchema.safeParse(actorId).data })}
      />
    </div>
  );
}
