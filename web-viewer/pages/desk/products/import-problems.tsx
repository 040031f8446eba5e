import type { CatalogImport } from '@souk/protocol/http/catalog-imports';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/use-format.ts';

type Params = CatalogImport['problems'][number]['params'];

/** Numbers as this language writes them; words of the file stand as they are. */
const wordsOf = (params: Params, count: (value: number) => string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === 'number' ? count(value) : value]),
  );

/** What is wrong with the file, row by row, as far as it is told here; the report has the rest. */
export function ImportProblems({ state }: { state: CatalogImport }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  return (
    <section aria-labelledby="problems" className="flex flex-col gap-2">
      <h3 id="problems" className="text-base font-semibold">
        {t('catalog.problems')}
      </h3>
      {state.failed > state.problems.length && (
        <p className="text-sm text-text-muted">{t('catalog.moreInReport')}</p>
      )}
      <div className="overflow-x-auto rounded-large border border-line bg-surface-raised">
        <table className="w-full text-sm">
          <thead className="text-text-muted">
            <tr>
              <th className="px-4 py-2.5 text-end font-medium">{t('catalog.row')}</th>
              <th className="px-2 py-2.5 text-start font-medium">{t('catalog.sku')}</th>
              <th className="px-2 py-2.5 text-start font-medium">{t('catalog.column')}</th>
              <th className="w-full px-4 py-2.5 text-start font-medium">{t('catalog.problem')}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line border-t border-line">
            {state.problems.map((problem) => (
              <tr key={`${problem.row} ${problem.column} ${problem.code}`} data-testid="import-problem">
                <td className="figures px-4 py-2 text-end align-top">{count(problem.row)}</td>
                <td className="px-2 py-2 align-top whitespace-nowrap">
                  <bdi>{problem.sku}</bdi>
                </td>
                <td className="px-2 py-2 align-top">
                  <bdi>{problem.column}</bdi>
                </td>
                <td className="min-w-48 px-4 py-2 align-top">
                  {t(`importProblems.${problem.code}`, { replace: wordsOf(problem.params, count) })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
