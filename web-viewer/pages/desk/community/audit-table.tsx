import type { AuditRow } from '@souk/protocol/http/community';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/use-format.ts';
import { stopReasons } from '../../moderation/use-stopping.ts';
import { deedText } from '../../staff/deed-text.ts';

/** Rows of the record. On a phone each row is a small card of lines. */
export function AuditTable({ rows }: { rows: readonly AuditRow[] }) {
  const { t } = useTranslation();
  return (
    <table className="w-full text-start text-sm max-md:block">
      <thead className="max-md:sr-only">
        <tr className="text-text-muted [&>th]:pe-4 [&>th]:pb-2 [&>th]:text-start [&>th]:font-medium">
          <th scope="col">{t('community.when')}</th>
          <th scope="col">{t('community.who')}</th>
          <th scope="col">{t('community.what')}</th>
          <th scope="col">{t('community.whom')}</th>
          <th scope="col">{t('community.where')}</th>
          <th scope="col">{t('community.why')}</th>
        </tr>
      </thead>
      <tbody className="max-md:block">
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row }: { row: AuditRow }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  // Reasons that are chosen from a list are kept by their names.
  const chosen = row.action.endsWith(':stop') ? stopReasons.find((name) => name === row.reason) : undefined;
  return (
    <tr
      data-testid="audit-row"
      data-action={row.action}
      className="border-t border-line align-top max-md:block max-md:py-2 [&>td]:py-2 [&>td]:pe-4 [&>td]:wrap-anywhere max-md:[&>td]:block max-md:[&>td]:py-0"
    >
      <td className="figures whitespace-nowrap text-text-muted">{date(row.at)}</td>
      <td>
        <bdi>{row.actorName}</bdi>
      </td>
      <td className="font-medium">{deedText(row.action, t)}</td>
      <td>
        <bdi>{row.subjectName ?? row.subject ?? ''}</bdi>
      </td>
      <td>
        <bdi>{row.showTitle ?? ''}</bdi>
      </td>
      <td dir="auto">{chosen === undefined ? row.reason : t(`moderation.stopReasons.${chosen}`)}</td>
    </tr>
  );
}
