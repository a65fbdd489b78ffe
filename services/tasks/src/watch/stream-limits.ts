import { ProblemError } from '@comprimemelo/service/http/problem-error';

/** Bounds the streams that are open at once, of one account and of the process. */
export class StreamSeats {
  readonly #bounds: { account: number; process: number };
  readonly #taken = new Map<string, number>();
  #all = 0;

  constructor(bounds: { account: number; process: number }) {
    this.#bounds = bounds;
  }

  /** Returns the way to leave, once. Throws `too-many-streams`, and `unavailable` where the process is full. */
  take(ownerId: string): () => void {
    const taken = this.#taken.get(ownerId) ?? 0;
    const headers = { 'retry-after': '5' };
    if (taken >= this.#bounds.account) {
      const detail = `Your account has ${taken} of them.`;
      throw new ProblemError('too-many-streams', { detail, headers });
    }
    if (this.#all >= this.#bounds.process) {
      throw new ProblemError('unavailable', { detail: 'Too many streams are open.', headers });
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
