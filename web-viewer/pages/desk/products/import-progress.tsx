import type { CatalogImport } from '@souk/protocol/http/catalog-imports';
import type { CatalogImportId } from '@souk/protocol/ids';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, Download, TriangleAlert } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../../api/session.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { ProgressBar } from '../../../ui/progress-bar.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { downloadText } from '../download-text.ts';
import { useDesk, useDeskLink } from '../use-desk.ts';
import { ImportProblems } from './import-problems.tsx';

const POLL_MS = 700;

export interface ImportProgressProps {
  importId: CatalogImportId;
  fileName: string | undefined;
  /** The sending of the next import. */
  starting: { readonly isPending: boolean; readonly error: unknown };
  onAgain: () => void;
  /** Undefined when the file is not at hand any more, for example after the page was loaded anew. */
  onForReal: (() => void) | undefined;
}

const isOver = (state: CatalogImport): boolean => state.status === 'done' || state.status === 'failed';

/** How far an import is, and what came of it. */
export function ImportProgress({ importId, fileName, starting, onAgain, onForReal }: ImportProgressProps) {
  const { t } = useTranslation();
  const link = useDeskLink();
  const { merchant } = useDesk();
  const client = useQueryClient();
  const watching = useQuery({
    queryKey: ['import', importId],
    queryFn: ({ signal }) =>
      api.call('import:get', { params: { merchantId: merchant.id, importId } }, { signal }),
    refetchInterval: ({ state }) => (state.data !== undefined && isOver(state.data.import) ? false : POLL_MS),
  });
  const state = watching.data?.import;
  const hasWritten = state !== undefined && isOver(state) && !state.isDryRun;
  useEffect(() => {
    if (!hasWritten) return;
    for (const key of ['desk-products', 'products', 'stock'])
      void client.invalidateQueries({ queryKey: [key, merchant.id] });
  }, [hasWritten, client, merchant.id]);

  if (watching.isError)
    return (
      <ErrorMessage
        error={watching.error}
        action={
          <Button size="small" onClick={onAgain}>
            {t('catalog.otherFile')}
          </Button>
        }
      />
    );
  if (state === undefined) return <Skeleton className="h-40 rounded-large" />;
  return (
    <div className="flex flex-col gap-4">
      <Card
        className="flex flex-col gap-4"
        data-testid="import-state"
        data-status={state.status}
        data-dry-run={state.isDryRun}
      >
        {fileName !== undefined && (
          <p className="text-sm text-text-muted">
            <bdi>{fileName}</bdi>
          </p>
        )}
        {isOver(state) ? <Outcome state={state} /> : <Running state={state} />}
        <ErrorMessage error={starting.error} />
        {isOver(state) && (
          <div className="flex flex-wrap gap-2">
            {state.isDryRun && state.failed < state.rows && onForReal !== undefined && (
              <Button
                variant="accent"
                data-testid="import-for-real"
                busy={starting.isPending}
                onClick={onForReal}
              >
                {t('catalog.importForReal')}
              </Button>
            )}
            {hasWritten && (
              <Button asChild variant="accent">
                <Link to={link('products')}>{t('catalog.toProducts')}</Link>
              </Button>
            )}
            <ReportButton importId={importId} />
            <Button variant="ghost" onClick={onAgain}>
              {t('catalog.otherFile')}
            </Button>
          </div>
        )}
      </Card>
      {isOver(state) && state.problems.length > 0 && <ImportProblems state={state} />}
    </div>
  );
}

function Running({ state }: { state: CatalogImport }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const text = t(state.isDryRun ? 'catalog.checking' : 'catalog.importing', {
    done: count(state.done),
    rows: count(state.rows),
  });
  return (
    <div className="flex flex-col gap-2">
      <p className="figures font-medium" role="status">
        {text}
      </p>
      <ProgressBar value={state.done} total={state.rows} label={text} />
    </div>
  );
}

function Outcome({ state }: { state: CatalogImport }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  if (state.status === 'failed') return <p className="text-danger-text">{t('catalog.importFailed')}</p>;
  const fineRows = state.rows - state.failed;
  const counts = { count: fineRows, fine: count(fineRows), failed: count(state.failed) };
  const isClean = state.failed === 0;
  const sentence = isClean
    ? t(state.isDryRun ? 'catalog.allFine' : 'catalog.allIn', counts)
    : t(state.isDryRun ? 'catalog.someFine' : 'catalog.someIn', counts);
  const figures = [
    { name: 'created', value: state.created },
    { name: 'updated', value: state.updated },
    { name: 'unchanged', value: state.unchanged },
    { name: 'failed', value: state.failed },
  ] as const;
  return (
    <div className="flex flex-col gap-4">
      <p
        className="flex items-center gap-2 text-base font-semibold"
        role="status"
        data-testid="import-outcome"
      >
        {isClean ? (
          <CircleCheck aria-hidden className="size-5 shrink-0 text-success-text" />
        ) : (
          <TriangleAlert aria-hidden className="size-5 shrink-0 text-danger-text" />
        )}
        {sentence}
      </p>
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {figures.map(({ name, value }) => (
          <div key={name} className="flex flex-col-reverse">
            <dt className="text-sm text-text-muted">{t(`catalog.figures.${name}`)}</dt>
            <dd data-testid={`import-${name}`} className="figures text-xl font-semibold">
              {count(value)}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function ReportButton({ importId }: { importId: CatalogImportId }) {
  const { t } = useTranslation();
  const { merchant } = useDesk();
  const reporting = useMutation({
    mutationFn: () => api.call('import:report', { params: { merchantId: merchant.id, importId } }),
    onSuccess: ({ fileName, csv }) => downloadText(fileName, csv, 'text/csv;charset=utf-8'),
  });
  return (
    <>
      <Button
        variant="outline"
        data-testid="import-report"
        busy={reporting.isPending}
        onClick={() => reporting.mutate()}
      >
        <Download aria-hidden className="size-4" />
        {t('catalog.report')}
      </Button>
      <ErrorMessage error={reporting.error} />
    </>
  );
}
