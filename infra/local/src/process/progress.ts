/** Takes one line for the person at the terminal. */
export type Progress = (line: string) => void;

/** Milliseconds after which a step that still goes on is mentioned again. */
const reminder = 15_000;

/** Says what is being done, and says it again every 15 s until it is done. */
export async function step<T>(
  progress: Progress,
  what: string,
  work: () => Promise<T>,
): Promise<T> {
  progress(what);
  const began = Date.now();
  const timer = setInterval(
    () => progress(`  Still running after ${Math.round((Date.now() - began) / 1000)} s: ${what}`),
    reminder,
  );
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
