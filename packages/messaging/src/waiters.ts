interface Waiting {
  look(): unknown;
  resolve(found: unknown): void;
  reject(error: Error): void;
}

/** Those who wait for something to be there, each for a time of its own. */
export class Waiters {
  readonly #all = new Set<Waiting>();

  /** Resolves with what is found at last; rejects with the error after that many milliseconds. */
  async wait<Found>(
    look: () => Found | undefined,
    milliseconds: number,
    late: Error,
  ): Promise<Found> {
    let end = () => {};
    const found = new Promise((resolve, reject) => {
      const waiting = { look, resolve, reject };
      const timer = setTimeout(reject, milliseconds, late);
      this.#all.add(waiting);
      end = () => {
        clearTimeout(timer);
        this.#all.delete(waiting);
      };
    });
    return (found as Promise<Found>).finally(() => end());
  }

  /** Something has changed: all look again. */
  changed(): void {
    for (const { look, resolve } of this.#all) {
      const found = look();
      if (found !== undefined) resolve(found);
    }
  }

  /** All wait in vain. */
  end(error: Error): void {
    for (const { reject } of this.#all) reject(error);
  }
}
