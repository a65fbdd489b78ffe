import type { EntryContent } from '../engines/seven-zip/read-contents.js';
import { folderOf, foldersOf } from '../safety/extracted-path.js';
import type { NameChoice } from './name-choice.js';
import type { Placed } from './place-entries.js';

/** Longer than any path: the rest is read and dropped. */
const mostTarget = 4_096;

/** Where a link leads that has it as its content: one character a byte. */
export async function readTarget({ bytes }: EntryContent): Promise<string> {
  let text = '';
  for await (const piece of bytes()) {
    if (text.length <= mostTarget) text += piece.toString('latin1');
  }
  return text;
}

/** The target of a symbolic link that may be kept; undefined of one that may not. */
export type LinkCheck = (entry: Placed, rawTarget: string | undefined) => string | undefined;

/**
 * Keeps a link that stays inside the archive, and that no other entry lies below: through such a link a reader could be
 * led out.
 */
export function createLinkCheck(entries: readonly Placed[], names: NameChoice): LinkCheck {
  const folders = new Set<string>();
  for (const { path } of entries) for (const folder of foldersOf(path)) folders.add(folder);
  return ({ path, list }, rawTarget) => {
    if (rawTarget === undefined || rawTarget === '' || rawTarget.length > mostTarget)
      return undefined;
    const target = names.textOf(rawTarget);
    if (folders.has(path) || /^(?:[/\\]|[A-Za-z]:)/.test(target)) return undefined;
    return staysInside(folderOf(path), target, list.part.folder) ? target : undefined;
  };
}

function staysInside(folder: string, target: string, top: string): boolean {
  let depth = folder.split('/').filter(Boolean).length - top.split('/').filter(Boolean).length;
  for (const part of target.split(/[/\\]/)) {
    if (part === '..') depth -= 1;
    else if (part !== '' && part !== '.') depth += 1;
    if (depth < 0) return false;
  }
  return true;
}
