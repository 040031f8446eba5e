import { httpUrlSchema } from '@souk/runtime/common-config';
import { z } from 'zod';
import { createDirectoryStore } from './directory-store.ts';
import type { ObjectStore } from './object-store.ts';
import { createS3Store } from './s3-store.ts';

/** Keys that say where files are kept. Spread into the schema of a service that keeps or serves them. */
export const storageConfig = {
  MEDIA_STORAGE: z.enum(['directory', 's3']).default('directory'),
  MEDIA_STORAGE_DIR: z.string().min(1).default('.souk/storage'),
  S3_ENDPOINT: httpUrlSchema.optional(),
  S3_REGION: z.string().min(1).default('us-east-1'),
  S3_BUCKET: z.string().min(1).optional(),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
} as const;

const storageSchema = z.object(storageConfig);
export type StorageConfig = Readonly<z.output<typeof storageSchema>>;

/** The store of the configuration. Throws TypeError when S3 is wanted and not fully described. */
export function createStore(config: StorageConfig): ObjectStore {
  if (config.MEDIA_STORAGE === 'directory')
    return createDirectoryStore({ directory: config.MEDIA_STORAGE_DIR });
  const { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_REGION: region } = config;
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = config;
  if (!endpoint || !bucket || !accessKeyId || !secretAccessKey)
    throw new TypeError(
      'MEDIA_STORAGE=s3 needs S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY',
    );
  return createS3Store({ endpoint, region, bucket, accessKeyId, secretAccessKey });
}
