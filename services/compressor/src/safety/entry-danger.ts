import type { EntryDanger, EntryKind } from '@comprimemelo/contracts/archive';
import { limits } from '@comprimemelo/contracts/limits';

/** A danger that fails the task; links and special entries are only omitted. */
export type FatalDanger = Exclude<EntryDanger, 'link' | 'special'>;

/** The detail for each danger. */
export const dangerDetails: Readonly<Record<FatalDanger, string>> = {
  traversal: 'The path of the entry leads outside the target folder.',
  absolute: 'The entry has an absolute path.',
  'control-character': 'The name of the entry contains a control character.',
  'reserved-name': 'The name of the entry is not allowed on Windows.',
  'long-name': 'The name of the entry is too long for a file system.',
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const control = /[\u0000-\u001f\u007f-\u009f]/;
const absolute = /^(?:[/\\]|[A-Za-z]:)/;
const upwards = /(?:^|[/\\])\.\.(?:[/\\]|$)/;
/** Source: Microsoft, Naming Files, Paths, and Namespaces. */
const device = /(?:^|[/\\])(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³]) *(?:[./\\]|$)/i;
/** Linux allows 4,096 bytes including the target folder. */
const longestPath = 3_800;

/** Windows strips a trailing dot or space, so the name would refer to another file. */
const hasLooseEnd = (path: string): boolean =>
  path.split(/[/\\]/).some((name) => name !== '.' && (name.endsWith('.') || name.endsWith(' ')));

function isLong(path: string): boolean {
  if (path.length * 3 <= limits.nameBytes) return false;
  if (Buffer.byteLength(path) > longestPath) return true;
  return path.split('/').some((name) => Buffer.byteLength(name) > limits.nameBytes);
}

/** The danger of a path, on Windows as well as on Unix. */
export function dangerOfPath(path: string): FatalDanger | undefined {
  if (upwards.test(path)) return 'traversal';
  if (absolute.test(path)) return 'absolute';
  if (control.test(path)) return 'control-character';
  if (device.test(path) || hasLooseEnd(path)) return 'reserved-name';
  return isLong(path) ? 'long-name' : undefined;
}

/** The danger of an entry as its archive declares it; undefined if it is safe. */
export function dangerOf({
  kind,
  path,
}: {
  kind: EntryKind;
  path: string;
}): EntryDanger | undefined {
  const danger = dangerOfPath(path);
  if (danger !== undefined) return danger;
  return kind === 'link' || kind === 'special' ? kind : undefined;
}
