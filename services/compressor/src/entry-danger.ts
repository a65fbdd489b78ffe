import type { ListedEntry } from './seven-zip/listing.js';

/** Why an entry is not extracted. */
export type EntryDanger = 'traversal' | 'absolute' | 'control-character' | 'link' | 'special';

/** What to say of each, in a sentence that follows the entry's path. */
export const dangerDetails: Readonly<Record<EntryDanger, string>> = {
  traversal: 'The entry leads out of the folder that it is extracted to.',
  absolute: 'The entry has an absolute path.',
  'control-character': 'The entry has a control character in its name.',
  link: 'The entry is a link.',
  special: 'The entry is a device, a socket or a pipe.',
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const control = /[\u0000-\u001f\u007f-\u009f]/;
const absolute = /^(?:[/\\]|[A-Za-z]:(?:[/\\]|$))/;
const upwards = /(?:^|[/\\])\.\.(?:[/\\]|$)/;

/** What is dangerous about a path, for Windows as well as for Unix. */
export function dangerOfPath(path: string): EntryDanger | undefined {
  if (upwards.test(path)) return 'traversal';
  if (absolute.test(path)) return 'absolute';
  return control.test(path) ? 'control-character' : undefined;
}

/** What is dangerous about an entry as its archive declares it; undefined where nothing is. */
export function dangerOf({ kind, path }: ListedEntry): EntryDanger | undefined {
  return kind === 'link' || kind === 'special' ? kind : dangerOfPath(path);
}
