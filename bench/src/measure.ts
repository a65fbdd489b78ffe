import { cpuSeconds } from './cpu-time.js';

export interface Measured {
  /** Seconds. */
  wall: number;
  /** CPU seconds of the whole machine. */
  cpu: number;
}

export async function measure(work: () => Promise<unknown>): Promise<Measured> {
  const [cpuBefore, began] = [cpuSeconds(), performance.now()];
  await work();
  const wall = (performance.now() - began) / 1_000;
  return { wall, cpu: cpuSeconds() - cpuBefore };
}

/** The middle value; for an even count, the lower of the two middle values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}
