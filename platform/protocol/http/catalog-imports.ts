import { z } from 'zod';
import {
  type HttpCommandSpec,
  readRate,
  shopkeepers,
  slowRate,
  writeRate,
} from '../commands/command-spec.ts';
import { catalogImportIdSchema, merchantIdSchema } from '../ids.ts';
import { importProblemSchema } from '../import-problems.ts';
import { instantSchema } from '../instant.ts';
import { limits } from '../limits.ts';
import { importStatusSchema } from '../states.ts';

const merchantParams = z.strictObject({ merchantId: merchantIdSchema });
const importParams = z.strictObject({ merchantId: merchantIdSchema, importId: catalogImportIdSchema });
const nothing = z.strictObject({});
const count = z.int().min(0);
const csvFileSchema = z.strictObject({ fileName: z.string(), csv: z.string() });

export const catalogImportSchema = z.strictObject({
  id: catalogImportIdSchema,
  status: importStatusSchema,
  /** True: everything was checked, nothing was written. */
  isDryRun: z.boolean(),
  rows: count,
  done: count,
  created: count,
  updated: count,
  unchanged: count,
  failed: count,
  /** The first faults, in the order of the rows; all of them are in the report. */
  problems: z
    .array(z.strictObject({ row: z.int().min(1), sku: z.string(), ...importProblemSchema.shape }))
    .max(100),
  createdAt: instantSchema,
  finishedAt: instantSchema.nullable(),
});
export type CatalogImport = z.infer<typeof catalogImportSchema>;

/** The catalogue as a file, out and in. */
export const importCommands = {
  'catalog:export': {
    via: 'http',
    summary: 'The whole catalogue with its stock as CSV (RFC 4180), in the form that the import takes.',
    method: 'GET',
    path: '/api/merchants/:merchantId/catalog-export',
    roles: shopkeepers,
    scope: 'merchant',
    rate: slowRate,
    params: merchantParams,
    response: csvFileSchema,
  },
  'catalog:import': {
    via: 'http',
    summary: 'Take in a CSV: rows are matched by SKU, and worked off in the background.',
    method: 'POST',
    path: '/api/merchants/:merchantId/imports',
    roles: shopkeepers,
    scope: 'merchant',
    rate: slowRate,
    params: merchantParams,
    // JSON writes line breaks and quotes with two characters.
    maxBodyBytes: 2 * limits.importBytes,
    body: z.strictObject({
      csv: z.string().min(1).max(limits.importBytes),
      isDryRun: z.boolean().default(false),
    }),
    response: z.strictObject({ import: catalogImportSchema }),
  },
  'import:get': {
    via: 'http',
    summary: 'How far an import is.',
    method: 'GET',
    path: '/api/merchants/:merchantId/imports/:importId',
    roles: shopkeepers,
    scope: 'merchant',
    rate: readRate,
    params: importParams,
    response: z.strictObject({ import: catalogImportSchema }),
  },
  'import:report': {
    via: 'http',
    summary: 'The outcome of every row of an import, as CSV.',
    method: 'GET',
    path: '/api/merchants/:merchantId/imports/:importId/report',
    roles: shopkeepers,
    scope: 'merchant',
    rate: slowRate,
    params: importParams,
    response: csvFileSchema,
  },
  'import:dismiss': {
    via: 'http',
    summary: 'Forget an import that is over, with its report.',
    method: 'DELETE',
    path: '/api/merchants/:merchantId/imports/:importId',
    roles: shopkeepers,
    scope: 'merchant',
    rate: writeRate,
    params: importParams,
    response: nothing,
  },
} as const satisfies Record<string, HttpCommandSpec>;
