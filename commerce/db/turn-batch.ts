/** Reads many at once; what is unknown is left out. */
export type LoadMany<Key extends string, Value> = (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>;

/** Reads one; undefined when it is unknown. Rejects with what the reading of its batch failed with. */
export type LoadOne<Key extends string, Value> = (key: Key) => Promise<Value | undefined>;

interface Batch<Key, Value> {
  readonly keys: Set<Key>;
  readonly loaded: Promise<ReadonlyMap<Key, Value>>;
}

/**
 * Reads what one turn of the event loop asks for by one statement, `most` keys at a time. Nothing is remembered. When a
 * process falls behind, its turns bring more, and a statement for all of them costs little more than one for each.
 */
export function createTurnBatch<Key extends string, Value>(
  load: LoadMany<Key, Value>,
  { most }: { readonly most: number },
): LoadOne<Key, Value> {
  let collecting: Batch<Key, Value> | undefined;
  const open = (): Batch<Key, Value> => {
    const keys = new Set<Key>();
    const batch: Batch<Key, Value> = {
      keys,
      loaded: new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        if (collecting === batch) collecting = undefined;
        return load([...keys]);
      }),
    };
    return batch;
  };
  return async (key) => {
    if (collecting === undefined || collecting.keys.size >= most) collecting = open();
    const batch = collecting;
    batch.keys.add(key);
    return (await batch.loaded).get(key);
  };
}
