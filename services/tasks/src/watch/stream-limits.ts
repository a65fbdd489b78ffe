import { ProblemError } from '@comprimemelo/service/problem/problem-error';

/** Limits the number of open streams per account and per process. */
export class StreamSeats {
  readonly #bounds: { account: number; process: number };
  readonly #taken = new Map<string, number>();
  #all = 0;

  constructor(bounds: { account: number; process: number }) {
    this.#bounds = bounds;
  }

  /**
   * Takes a seat and returns a function that releases it. Throws `too-many-streams` or, if the process is full,
   * `unavailable`.
   */
  take(ownerId: string): () => void {
    const taken = this.#taken.get(ownerId) ?? 0;
    const headers = { 'retry-after': '5' };
    if (taken >= this.#bounds.account) {
      const detail = `Your account already has ${taken} open streams, which is the limit. Close one first.`;
      throw new ProblemError('too-many-streams', { detail, headers });
    }
    if (this.#all >= this.#bounds.process) {
      throw new ProblemError('unavailable', {
        detail: 'The service has too many open streams. Try again shortly.',
        headers,
      });
    }
    this.#taken.set(ownerId, taken + 1);
    this.#all += 1;
    return () => this.#leave(ownerId);
  }

  #leave(ownerId: string): void {
    const left = (this.#taken.get(ownerId) ?? 0) - 1;
    if (left > 0) this.#taken.set(ownerId, left);
    else this.#taken.delete(ownerId);
    this.#all -= 1;
  }
}
