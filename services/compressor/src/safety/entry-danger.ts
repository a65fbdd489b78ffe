import type { EntryDanger, EntryKind } from '@comprimemelo/contracts/archive';
import { limits } from '@comprimemelo/contracts/limits';

/** A danger that ends the task; links and special entries are left out. */
export type FatalDanger = Exclude<EntryDanger, 'link' | 'special'>;

/** What to say of each, in a sentence that follows the entry's path. */
export const dangerDetails: Readonly<Record<FatalDanger, string>> = {
  traversal: 'The entry leads out of the folder that it is extracted to.',
  absolute: 'The entry has an absolute path.',
  'control-character': 'The entry has a control character in its name.',
  'reserved-name': 'Windows cannot have a file of this name.',
  'long-name': 'The entry has a longer name than a file can have.',
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const control = /[\u0000-\u001f\u007f-\u009f]/;
const absolute = /^(?:[/\\]|[A-Za-z]:)/;
const upwards = /(?:^|[/\\])\.\.(?:[/\\]|$)/;
/** Source: Microsoft, Naming Files, Paths, and Namespaces. */
const device = /(?:^|[/\\])(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³]) *(?:[./\\]|$)/i;
/** Linux takes 4,096 bytes with the folder that it is extracted to. */
const longestPath = 3_800;

/** Windows drops a dot or a blank at the end, so that the name stands for another file. */
const hasLooseEnd = (path: string): boolean =>
  path.split(/[/\\]/).some((name) => name !== '.' && (name.endsWith('.') || name.endsWith(' ')));

function isLong(path: string): boolean {
  if (path.length * 3 <= limits.nameBytes) return false;
  if (Buffer.byteLength(path) > longestPath) return true;
  return path.split('/').some((name) => Buffer.byteLength(name) > limits.nameBytes);
}

/** What is dangerous about a path, for Windows as well as for Unix. */
export function dangerOfPath(path: string): FatalDanger | undefined {
  if (upwards.test(path)) return 'traversal';
  if (absolute.test(path)) return 'absolute';
  if (control.test(path)) return 'control-character';
  if (device.test(path) || hasLooseEnd(path)) return 'reserved-name';
  return isLong(path) ? 'long-name' : undefined;
}

/** What is dangerous about an entry as its archive declares it; undefined where nothing is. */
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
