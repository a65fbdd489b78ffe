/** What the person at the terminal can mend. The message is shown alone, in one line and without a stack. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

const firstLine = (text: string) => text.split('\n', 1)[0] ?? '';

/** The one line that is shown of a failure. */
export function lineOf(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC'
    ? `The disk is full: ${firstLine(error.message)}`
    : firstLine(error.message);
}
