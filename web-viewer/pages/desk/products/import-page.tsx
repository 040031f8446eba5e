import { type CatalogImportId, catalogImportIdSchema } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { useMutation } from '@tanstack/react-query';
import { ChevronLeft, FileSpreadsheet } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { ApiError } from '../../../api/api-error.ts';
import { api } from '../../../api/session.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { ErrorMessage, ErrorNotice } from '../../../ui/error-message.tsx';
import { FileDrop } from '../../../ui/file-drop.tsx';
import { useTitle } from '../../staff/use-title.ts';
import { useDesk, useDeskLink } from '../use-desk.ts';
import { ImportProgress } from './import-progress.tsx';

interface CsvFile {
  readonly name: string;
  readonly csv: string;
}

const MEGABYTE = 1_000_000;

/** Takes a catalogue in from a file: checked first without writing anything, then for real. */
export function ImportPage() {
  const { t } = useTranslation();
  const { count } = useFormat();
  const link = useDeskLink();
  const { merchant } = useDesk();
  const [params, setParams] = useSearchParams();
  const [file, setFile] = useState<CsvFile | null>(null);
  const [isTooLarge, setTooLarge] = useState(false);
  useTitle(t('catalog.import'));
  const named = catalogImportIdSchema.safeParse(params.get('import'));

  const name = (importId: CatalogImportId | null): void =>
    setParams(
      (present) => {
        const next = new URLSearchParams(present);
        if (importId === null) next.delete('import');
        else next.set('import', importId);
        return next;
      },
      { replace: true },
    );
  const starting = useMutation({
    mutationFn: (wish: { csv: string; isDryRun: boolean }) =>
      api.call('catalog:import', { params: { merchantId: merchant.id }, body: wish }),
    onSuccess: (answer) => name(answer.import.id),
  });
  const take = async ([chosen]: readonly File[]): Promise<void> => {
    setTooLarge(chosen !== undefined && chosen.size > limits.importBytes);
    if (chosen === undefined || chosen.size > limits.importBytes) return;
    const csv = await chosen.text();
    setFile({ name: chosen.name, csv });
    starting.mutate({ csv, isDryRun: true });
  };
  const again = (): void => {
    setFile(null);
    starting.reset();
    name(null);
  };

  return (
    <div className="flex max-w-4xl flex-col gap-5">
      <header className="flex items-center gap-3">
        <Button asChild variant="ghost" size="small" className="-ms-2">
          <Link to={link('products')}>
            <ChevronLeft aria-hidden className="size-4 rtl:-scale-x-100" />
            {t('desk.products')}
          </Link>
        </Button>
        <h2 className="text-lg font-semibold">{t('catalog.import')}</h2>
      </header>
      {!named.success && (
        <Card className="flex flex-col gap-4">
          <p className="text-sm text-text-muted">{t('catalog.importText')}</p>
          <FileDrop
            icon={<FileSpreadsheet />}
            label={starting.isPending ? t('catalog.sending') : t('catalog.chooseCsv')}
            hint={t('catalog.importRules', {
              rows: count(limits.importRows),
              size: limits.importBytes / MEGABYTE,
            })}
            accept=".csv,text/csv"
            disabled={starting.isPending}
            onFiles={(files) => void take(files)}
            data-testid="import-file"
          />
          {isTooLarge && <ErrorNotice code="PAYLOAD_TOO_LARGE" />}
          <FileFault error={starting.error} />
        </Card>
      )}
      {named.success && (
        <ImportProgress
          key={named.data}
          importId={named.data}
          fileName={file?.name}
          starting={starting}
          onAgain={again}
          onForReal={file === null ? undefined : () => starting.mutate({ csv: file.csv, isDryRun: false })}
        />
      )}
    </div>
  );
}

/** What is wrong with the file as a whole, in the words of the server, as they are for its rows. */
function FileFault({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const fault = error instanceof ApiError ? error.issues?.find(({ path }) => path === 'csv') : undefined;
  if (fault === undefined) return <ErrorMessage error={error} />;
  return (
    <ErrorNotice
      code="INVALID_INPUT"
      text={
        <>
          {t('catalog.unreadable')} <bdi>{fault.message}</bdi>
        </>
      }
    />
  );
}
