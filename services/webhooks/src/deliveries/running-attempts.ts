import { hexOf } from '@comprimemelo/prisma/client/identifiers';
import type { Busy, ClaimedDelivery } from './claim-deliveries.js';

/** Counts the running attempts of this process, in total and per webhook. */
export class RunningAttempts {
  readonly #tries = new Set<Promise<void>>();
  readonly #busy = new Map<string, number>();

  get size(): number {
    return this.#tries.size;
  }

  get busy(): Busy {
    return this.#busy;
  }

  /** Counts an attempt until it ends, then calls `onEnd`. The attempt must not reject. */
  add({ webhookId }: ClaimedDelivery, trying: Promise<void>, onEnd: () => void): void {
    const key = hexOf(webhookId);
    this.#busy.set(key, (this.#busy.get(key) ?? 0) + 1);
    const ended = trying.then(() => {
      this.#tries.delete(ended);
      const left = (this.#busy.get(key) ?? 1) - 1;
      if (left === 0) this.#busy.delete(key);
      else this.#busy.set(key, left);
      onEnd();
    });
    this.#tries.add(ended);
  }

  /** Resolves when all currently running attempts have ended. */
  async ended(): Promise<void> {
    await Promise.all(this.#tries);
  }
}
