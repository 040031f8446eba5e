/** What waits for a client that is behind, oldest first, up to a bound. */
export class HeldSends<Send> {
  #waiting: { readonly send: Send; readonly bytes: number }[] = [];
  #bytes = 0;

  /** False when there would be more than `maxBytes`. */
  add(send: Send, bytes: number, maxBytes: number): boolean {
    if (this.#bytes + bytes > maxBytes) return false;
    this.#waiting.push({ send, bytes });
    this.#bytes += bytes;
    return true;
  }

  /** The oldest one, taken out. */
  next(): Send | undefined {
    const first = this.#waiting.shift();
    this.#bytes -= first?.bytes ?? 0;
    return first?.send;
  }
}
