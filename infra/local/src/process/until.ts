import { setTimeout as sleep } from 'node:timers/promises';

interface UntilOptions {
  /** Milliseconds; then it gives up. */
  timeout: number;
  /** Milliseconds between two tries. */
  every?: number;
  signal?: AbortSignal | undefined;
}

/** True once `probe` is; false after `timeout`. Rejects when the signal aborts or the probe throws. */
export async function until(
  probe: () => boolean | Promise<boolean>,
  { timeout, every = 50, signal }: UntilOptions,
): Promise<boolean> {
  const end = Date.now() + timeout;
  for (;;) {
    signal?.throwIfAborted();
    if (await probe()) return true;
    if (Date.now() >= end) return false;
    await sleep(every, undefined, signal === undefined ? {} : { signal });
  }
}
