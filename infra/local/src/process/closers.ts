/** Closes what was opened, last first; each is awaited, and the first failure is thrown at the end. */
export class Closers {
  readonly #closers: (() => Promise<unknown> | unknown)[] = [];
  #closed: Promise<void> | undefined;

  add(close: () => Promise<unknown> | unknown): void {
    this.#closers.push(close);
  }

  /** A place in the order for what is yet to be opened. */
  nest(): Closers {
    const inner = new Closers();
    this.add(() => inner.close());
    return inner;
  }

  /** Closes once, however often it is called. */
  close(): Promise<void> {
    this.#closed ??= this.#closeAll();
    return this.#closed;
  }

  async #closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const close of this.#closers.toReversed()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
