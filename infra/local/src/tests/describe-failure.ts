import type { Result } from 'tap-parser';

/** What TAP adds to a failed assertion and a reader needs, in this order. */
const shown = ['diff', 'found', 'wanted', 'message', 'exitCode', 'signal', 'timeout', 'stack'];

const indented = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `        ${line}`);

/** The lines that tell of a failed assertion. */
export function describeFailure({ fullname, diag }: Result): string[] {
  const details = (diag ?? {}) as Record<string, unknown>;
  const at = details.at as { fileName?: string; lineNumber?: number } | undefined;
  const lines = [`  FAILED ${fullname}`];
  if (at?.fileName !== undefined) lines.push(`      at ${at.fileName}:${at.lineNumber}`);
  for (const key of shown) {
    const value = details[key];
    if (value === undefined || value === null) continue;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    lines.push(`      ${key}:`, ...indented(text));
  }
  return lines;
}
