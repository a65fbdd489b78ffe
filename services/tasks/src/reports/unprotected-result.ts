import type { ReportLine } from '@comprimemelo/contracts/archive';
import { formats, type WrittenFormat } from '@comprimemelo/contracts/formats';
import { limits } from '@comprimemelo/contracts/limits';
import type { TaskFile } from '@comprimemelo/contracts/task';
import type { Task } from '@comprimemelo/prisma/generated/client';

/** The report line for encrypted archives that were converted to a format without password support. */
export function lostProtection({
  operation,
  format,
  hasPassword,
  inputs,
}: Pick<Task, 'operation' | 'format' | 'hasPassword' | 'inputs'>): ReportLine[] {
  if (operation !== 'convert' || format === null || !hasPassword) return [];
  const options: readonly string[] = formats[format as WrittenFormat].options;
  if (options.includes('password')) return [];
  const names = (JSON.parse(inputs) as TaskFile[]).map(({ name }) => name);
  const detail = `The format ${format} does not support passwords, so the result is not protected.`;
  const entries = names.slice(0, limits.reportedEntries);
  return [{ lost: 'encryption', detail, count: names.length, entries }];
}
