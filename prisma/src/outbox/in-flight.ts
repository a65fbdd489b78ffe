/**
 * The rows of the outbox that this process has published and not yet marked as sent. None of them is
 * published again here: an answer that is late may still come, and a mark that failed can be repeated.
 */
export class InFlight {
  readonly #undecided = new Set<bigint>();
  readonly #confirmed = new Set<bigint>();

  get size(): number {
    return this.#undecided.size + this.#confirmed.size;
  }

  has(id: bigint): boolean {
    return this.#undecided.has(id) || this.#confirmed.has(id);
  }

  /** Those that only the mark is missing for, as of now. */
  confirmed(): ReadonlySet<bigint> {
    return new Set(this.#confirmed);
  }

  /** Follows a publish to its end, however late; a row that was refused may be published again. */
  async track(id: bigint, published: Promise<void>): Promise<void> {
    this.#undecided.add(id);
    try {
      await published;
      this.#confirmed.add(id);
    } finally {
      this.#undecided.delete(id);
    }
  }

  /** Call it once the marks are committed. */
  forget(ids: Iterable<bigint>): void {
    for (const id of ids) this.#confirmed.delete(id);
  }
}
