import type { Executor } from '../../db/database.ts';
import type { HandlersOf } from '../../http/route-handlers.ts';
import { exportCatalog } from '../export-catalog.ts';
import { dismissImport, getImport, writeReport } from './import-views.ts';
import type { StartImport } from './start-import.ts';

type Names = 'catalog:export' | 'catalog:import' | 'import:get' | 'import:report' | 'import:dismiss';

/** Handlers of the catalogue as a file. */
export function createImportRoutes(deps: {
  readonly orm: Executor;
  readonly startImport: StartImport;
}): HandlersOf<Names> {
  const { orm, startImport } = deps;
  return {
    'catalog:export': ({ params }) => exportCatalog(orm, params.merchantId),
    'catalog:import': async ({ params: { merchantId }, body, caller }) => {
      const importId = await startImport({ merchantId, actorId: caller.userId, ...body });
      return { import: await getImport(orm, { merchantId, importId }) };
    },
    'import:get': async ({ params }) => ({ import: await getImport(orm, params) }),
    'import:report': ({ params }) => writeReport(orm, params),
    'import:dismiss': async ({ params }) => {
      await dismissImport(orm, params);
      return {};
    },
  };
}
