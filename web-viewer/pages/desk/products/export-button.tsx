import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { errorCodeOf } from '../../../api/api-error.ts';
import { api } from '../../../api/session.ts';
import { Button } from '../../../ui/button.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { downloadText } from '../download-text.ts';
import { useDesk } from '../use-desk.ts';

/** Downloads the whole catalogue as a CSV, in the form that the import takes. */
export function ExportButton() {
  const { t } = useTranslation();
  const { merchant } = useDesk();
  const exporting = useMutation({
    mutationFn: () => api.call('catalog:export', { params: { merchantId: merchant.id } }),
    onSuccess: ({ fileName, csv }) => downloadText(fileName, csv, 'text/csv;charset=utf-8'),
    onError: (error) => showToast(t(`errors.${errorCodeOf(error)}`), { tone: 'danger' }),
  });
  return (
    <Button
      variant="outline"
      data-testid="export"
      busy={exporting.isPending}
      onClick={() => exporting.mutate()}
    >
      <Download aria-hidden className="size-4" />
      {t('catalog.export')}
    </Button>
  );
}
