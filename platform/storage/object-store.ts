import type { Readable } from 'node:stream';
import { AppError } from '@souk/runtime/app-error';

export interface PutOptions {
  readonly contentType: string;
  /** As the HTTP header; kept with the object where whoever reads it asks the store directly. */
  readonly cacheControl: string;
}

/** Bytes of an object, both ends included, as in HTTP; without `end` to the last one. */
export interface ByteRange {
  readonly start: number;
  readonly end?: number;
}

export interface StoredObject {
  /** Must be read to its end, or destroyed. */
  readonly body: Readable;
  /** Of the whole object. */
  readonly sizeBytes: number;
}

export interface ObjectEntry {
  readonly key: string;
  readonly sizeBytes: number;
}

/**
 * Where files are kept: a directory, or any storage that speaks S3. Keys are paths of plain names; another key throws
 * AppError INVALID_INPUT. Each method rejects with AppError UNAVAILABLE when the storage does not do it.
 */
export interface ObjectStore {
  /** Writes a whole object or none: readers see what was there before, or the new one. */
  put(key: string, body: Buffer, options: PutOptions): Promise<void>;
  /** Undefined when there is none, or none of the bytes that were asked for. */
  get(key: string, range?: ByteRange): Promise<StoredObject | undefined>;
  /** The size of an object; undefined when there is none. */
  head(key: string): Promise<{ readonly sizeBytes: number } | undefined>;
  /** Every object whose key begins with the prefix, in the order of their keys. A prefix ends with `/`. */
  list(prefix: string): Promise<ObjectEntry[]>;
  /** Removes an object, or all whose key begins with a prefix that ends with `/`. Idempotent. */
  remove(keyOrPrefix: string): Promise<void>;
}

const NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;
const KEY_MAX_LENGTH = 512;

/** Throws AppError INVALID_INPUT for what is no key: empty names, dots in front, any other character. */
export function assertKey(key: string): void {
  if (key.length > KEY_MAX_LENGTH || !key.split('/').every((name) => NAME.test(name)))
    throw new AppError('INVALID_INPUT', { detail: 'this is no key of the storage' });
}

/** Throws AppError INVALID_INPUT for what is no prefix; the empty one is refused too. */
export function assertPrefix(prefix: string): void {
  if (!prefix.endsWith('/')) throw new AppError('INVALID_INPUT', { detail: 'a prefix ends with a slash' });
  assertKey(prefix.slice(0, -1));
}
