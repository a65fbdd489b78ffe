import type { EntryDanger, EntryKind } from '@comprimemelo/contracts/archive';
import { limits } from '@comprimemelo/contracts/limits';
import type { PlacedPath } from './placed-path.js';

/** What is said of the one danger that fails a task. */
export const traversalDetail = 'The path of the entry leads outside the target folder.';

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const control = /[\u0000-\u001f\u007f-\u009f]/;
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

/** An entry as it was placed below the folder of its archive. */
export interface JudgedEntry {
  readonly kind: EntryKind;
  readonly placed: PlacedPath;
}

/** What is dangerous about an entry, on Windows as well as on Unix; undefined if nothing is. */
export function dangerOf({ kind, placed }: JudgedEntry): EntryDanger | undefined {
  const { path, escapes, absolute } = placed;
  if (escapes) return 'traversal';
  if (absolute) return 'absolute';
  if (control.test(path)) return 'control-character';
  if (device.test(path) || hasLooseEnd(path)) return 'reserved-name';
  if (isLong(path)) return 'long-name';
  return kind === 'link' || kind === 'special' ? kind : undefined;
}
