import { startOf } from '@comprimemelo/contracts/file-name';
import { formatOfName, formats, type WrittenFormat } from '@comprimemelo/contracts/formats';
import { limits } from '@comprimemelo/contracts/limits';
import type { TaskPlan } from './plan-task.js';

const without = (name: string, suffix: string): string =>
  name.length > suffix.length && name.toLowerCase().endsWith(suffix)
    ? name.slice(0, -suffix.length)
    : name;

function withoutExtension(name: string): string {
  const archive = formatOfName(name);
  if (archive === undefined) return without(name, name.slice(name.lastIndexOf('.')).toLowerCase());
  const extensions: readonly string[] = formats[archive].extensions;
  return extensions.reduce((rest, extension) => without(rest, `.${extension}`), name);
}

function stemOf(inputs: string[], format: WrittenFormat): string {
  const [only] = inputs;
  if (only === undefined || inputs.length > 1) return 'archive';
  const keepsName = formats[format].singleFile && formatOfName(only) === undefined;
  return keepsName || !only.includes('.') ? only : withoutExtension(only);
}

/**
 * The file name of the result: `report.pdf` becomes `report.zip`, several inputs become `archive.zip`. A single-file
 * format keeps the whole name, as gzip and xz do: `report.pdf.gz`. At most 255 bytes.
 */
export function resultName(inputs: string[], format: WrittenFormat, requested?: string): string {
  const extension = `.${formats[format].extensions[0]}`;
  const stem = requested === undefined ? stemOf(inputs, format) : without(requested, extension);
  return `${startOf(stem, limits.nameBytes - Buffer.byteLength(extension))}${extension}`;
}

/** The name of what a plan writes; null where it writes no archive. */
export const plannedName = (
  { format, options }: Pick<TaskPlan, 'format' | 'options'>,
  inputs: readonly { name: string }[],
): string | null =>
  format === null
    ? null
    : resultName(
        inputs.map(({ name }) => name),
        format,
        options.name,
      );
