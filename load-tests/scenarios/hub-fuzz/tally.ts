/** What a fuzz has sent, and how it was answered. */
export class FuzzTally {
  readonly #sent = new Map<string, number>();
  readonly #answers = new Map<string, number>();
  readonly #events = new Map<string, number>();

  sent(kind: string): void {
    add(this.#sent, kind);
  }

  answered(code: string): void {
    add(this.#answers, code);
  }

  count(event: string): void {
    add(this.#events, event);
  }

  countOf(event: string): number {
    return this.#events.get(event) ?? 0;
  }

  answersOf(code: string): number {
    return this.#answers.get(code) ?? 0;
  }

  read() {
    return {
      sent: Object.fromEntries(this.#sent),
      answers: Object.fromEntries(this.#answers),
      events: Object.fromEntries(this.#events),
    };
  }
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
