/** Items by key. Most keys have one item only, so that a set is made just for those that have several. */
export class Groups<Item extends object> {
  readonly #byKey = new Map<string, Item | Set<Item>>();

  /** Items of that key, in the order of their coming. */
  of(key: string): readonly Item[] {
    const found = this.#byKey.get(key);
    if (found === undefined) return [];
    return found instanceof Set ? [...found] : [found];
  }

  add(key: string, item: Item): void {
    const found = this.#byKey.get(key);
    if (found instanceof Set) found.add(item);
    else this.#byKey.set(key, found === undefined || found === item ? item : new Set([found, item]));
  }

  remove(key: string, item: Item): void {
    const found = this.#byKey.get(key);
    if (found instanceof Set) {
      found.delete(item);
      const [last, ...others] = found;
      if (last !== undefined && others.length === 0) this.#byKey.set(key, last);
    } else if (found === item) {
      this.#byKey.delete(key);
    }
  }
}
