import type { Clock } from '@souk/runtime/clock';

/** Remembers for a short while what `load` found; many who ask at once wait for one load. */
export interface ShortCache<Key extends string, Value> {
  get(key: Key): Promise<Value>;
  forget(key: Key): void;
}

export interface ShortCacheOptions<Key extends string, Value> {
  readonly load: (key: Key) => Promise<Value>;
  readonly ttlMs: number;
  readonly clock: Clock;
  readonly maxKeys?: number;
}

/** A cache for facts that may be a moment old. Failed loads are not kept; the oldest keys make room for new ones. */
export function createShortCache<Key extends string, Value>({
  load,
  ttlMs,
  clock,
  maxKeys = 5_000,
}: ShortCacheOptions<Key, Value>): ShortCache<Key, Value> {
  const entries = new Map<Key, { readonly value: Promise<Value>; readonly until: number }>();
  const remember = (key: Key): Promise<Value> => {
    const value = load(key);
    const entry = { value, until: clock.now() + ttlMs };
    entries.delete(key);
    entries.set(key, entry);
    value.catch(() => {
      if (entries.get(key) === entry) entries.delete(key);
    });
    const oldest = entries.keys().next();
    if (entries.size > maxKeys && oldest.done !== true) entries.delete(oldest.value);
    return value;
  };
  return {
    get(key) {
      const entry = entries.get(key);
      return entry !== undefined && entry.until > clock.now() ? entry.value : remember(key);
    },
    forget(key) {
      entries.delete(key);
    },
  };
}
