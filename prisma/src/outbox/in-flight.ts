/**
 * The outbox rows that this process has published but not yet marked as sent. They are not published again here: a
 * late confirm may still arrive, and a failed mark can be repeated.
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

  /** The confirmed rows that are not marked yet. */
  confirmed(): ReadonlySet<bigint> {
    return new Set(this.#confirmed);
  }

  /** Follows a publish to its end, however late. A rejected row may be published again. */
  async track(id: bigint, published: Promise<void>): Promise<void> {
    this.#undecided.add(id);
    try {
      await published;
      this.#confirmed.add(id);
    } finally {
      this.#undecided.delete(id);
    }
  }

  /** Call it after the marks are committed. */
  forget(ids: Iterable<bigint>): void {
    for (const id of ids) this.#confirmed.delete(id);
  }
}
