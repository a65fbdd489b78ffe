/** Runs work, no more than so much at once: the rest waits for its turn, in order. */
export function createTurns(most: number) {
  const waiting: (() => void)[] = [];
  let idle: (() => void)[] = [];
  let running = 0;

  function onEnd(): void {
    running -= 1;
    waiting.shift()?.();
    if (running > 0) return;
    for (const resolve of idle) resolve();
    idle = [];
  }

  return {
    /** The work never rejects. */
    take(work: () => Promise<void>): void {
      const start = () => {
        running += 1;
        void work().finally(onEnd);
      };
      if (running < most) start();
      else waiting.push(start);
    },
    /** Resolves when nothing runs and nothing waits. */
    ended: (): Promise<void> =>
      running === 0 ? Promise.resolve() : new Promise((resolve) => void idle.push(resolve)),
  };
}
