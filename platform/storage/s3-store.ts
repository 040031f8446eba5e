import { Readable } from 'node:stream';
import { AppError } from '@souk/runtime/app-error';
import { AwsClient } from 'aws4fetch';
import {
  assertKey,
  assertPrefix,
  type ByteRange,
  type ObjectEntry,
  type ObjectStore,
} from './object-store.ts';
import { parseListing } from './s3-listing.ts';

export interface S3StoreOptions {
  /** Address of the service, for example `https://s3.eu-central-1.amazonaws.com`; the bucket goes into the path. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const ATTEMPTS = 3;
const RETRY_MS = 100;
const TIMEOUT_MS = 10_000;
const REMOVE_AT_ONCE = 16;

/** Keeps objects in a bucket of any storage that speaks S3 (signature version 4, path style). */
export function createS3Store(options: S3StoreOptions): ObjectStore {
  const { endpoint, region, bucket, accessKeyId, secretAccessKey } = options;
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 });
  const base = `${endpoint.replace(/\/$/, '')}/${bucket}`;

  const ask = async (method: string, address: string, init: RequestInit = {}): Promise<Response> => {
    for (let attempt = 1; ; attempt += 1) {
      const response = await client
        .fetch(address, { ...init, method, signal: AbortSignal.timeout(TIMEOUT_MS) })
        .catch((error: unknown) => {
          if (attempt >= ATTEMPTS) throw unavailable(method, error);
          return undefined;
        });
      if (response !== undefined && (response.ok || response.status === 404 || response.status === 416))
        return response;
      await response?.body?.cancel();
      const mayHelp = response === undefined || response.status >= 500 || response.status === 429;
      if (!mayHelp || attempt >= ATTEMPTS)
        throw unavailable(method, new Error(`the storage answered with ${response?.status}`));
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS * 2 ** attempt));
    }
  };
  const addressOf = (key: string): string => {
    assertKey(key);
    return `${base}/${key}`;
  };
  const list = async (prefix: string): Promise<ObjectEntry[]> => {
    assertPrefix(prefix);
    const entries: ObjectEntry[] = [];
    let token: string | undefined;
    do {
      const query = new URLSearchParams({ 'list-type': '2', prefix });
      if (token !== undefined) query.set('continuation-token', token);
      const page = parseListing(await (await ask('GET', `${base}?${query}`)).text());
      entries.push(...page.entries);
      token = page.nextToken;
    } while (token !== undefined);
    return entries;
  };
  const removeOne = async (key: string): Promise<void> => {
    await discard(await ask('DELETE', addressOf(key)));
  };

  return {
    async put(key, body, { contentType, cacheControl }) {
      const headers = { 'content-type': contentType, 'cache-control': cacheControl };
      const response = await ask('PUT', addressOf(key), { body: new Uint8Array(body), headers });
      await discard(response);
      if (!response.ok) throw unavailable('PUT', new Error(`the storage answered with ${response.status}`));
    },
    async get(key, range) {
      const headers = range === undefined ? {} : { range: toHeader(range) };
      const response = await ask('GET', addressOf(key), { headers });
      if (!response.ok || response.body === null) {
        await discard(response);
        return undefined;
      }
      return { body: Readable.fromWeb(response.body), sizeBytes: sizeOf(response) };
    },
    async head(key) {
      const response = await ask('HEAD', addressOf(key));
      return response.ok ? { sizeBytes: Number(response.headers.get('content-length')) } : undefined;
    },
    list,
    async remove(keyOrPrefix) {
      if (!keyOrPrefix.endsWith('/')) return removeOne(keyOrPrefix);
      const entries = await list(keyOrPrefix);
      for (let from = 0; from < entries.length; from += REMOVE_AT_ONCE)
        await Promise.all(entries.slice(from, from + REMOVE_AT_ONCE).map(({ key }) => removeOne(key)));
    },
  };
}

function toHeader({ start, end }: ByteRange): string {
  return `bytes=${start}-${end ?? ''}`;
}

/** A part tells the size of the whole after the slash. */
function sizeOf({ headers }: Response): number {
  const whole = /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1];
  return Number(whole ?? headers.get('content-length'));
}

/** Frees the connection of an answer that nobody reads. */
async function discard(response: Response): Promise<void> {
  await response.body?.cancel();
}

function unavailable(method: string, cause: unknown): AppError {
  return new AppError('UNAVAILABLE', { cause, detail: `the storage does not answer (${method})` });
}
