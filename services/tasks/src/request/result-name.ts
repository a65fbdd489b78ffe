import { startOf } from '@comprimemelo/contracts/file-name';
import { formatOfName, formats, type WrittenFormat } from '@comprimemelo/contracts/formats';
import { limits } from '@comprimemelo/contracts/limits';
import { archiveNames } from '@comprimemelo/contracts/volumes/volume-sets';
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

/** The folder that all of these paths lie in; undefined where there is none. */
function commonFolder(paths: readonly string[]): string | undefined {
  const folders = new Set(paths.map((path) => path.slice(0, Math.max(path.indexOf('/'), 0))));
  const [folder] = folders;
  return folders.size === 1 && folder !== '' ? folder : undefined;
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

type NamedPlan = Pick<TaskPlan, 'operation' | 'format' | 'options'>;

/** A folder that holds all that is compressed gives the archive its name. */
function folderOf(
  { operation, format, options }: NamedPlan,
  inputs: readonly { path: string }[],
): string | undefined {
  if (operation !== 'compress' || format === null || formats[format].singleFile) return undefined;
  return options.paths === 'flatten' ? undefined : commonFolder(inputs.map(({ path }) => path));
}

/**
 * The name of what a plan writes; null where it writes no archive. To convert, the parts of a split archive are one input.
 */
export function plannedName(
  plan: NamedPlan,
  inputs: readonly { name: string; path: string }[],
): string | null {
  const { format, options } = plan;
  if (format === null) return null;
  const names =
    plan.operation === 'convert'
      ? archiveNames(inputs.map(({ path }) => path))
      : inputs.map(({ name }) => name);
  return resultName(names, format, options.name ?? folderOf(plan, inputs));
}
