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
 * led out. So it could by a `..` behind the name of another link, which leads up from where that one leads.
 */
export function createLinkCheck(entries: readonly Placed[], names: NameChoice): LinkCheck {
  const folders = new Set<string>();
  const links = new Set<string>();
  for (const { path, listed } of entries) {
    for (const folder of foldersOf(path)) folders.add(folder);
    if (listed.symlink) links.add(folded(path));
  }
  const isLink = (path: string) => links.has(folded(path));
  return ({ path, list }, rawTarget) => {
    if (rawTarget === undefined || rawTarget === '' || rawTarget.length > mostTarget)
      return undefined;
    const target = names.textOf(rawTarget);
    if (folders.has(path) || /^(?:[/\\]|[A-Za-z]:)/.test(target)) return undefined;
    const place = { folder: folderOf(path), top: list.part.folder, isLink };
    const stays = separators.every((separator) => staysInside(target.split(separator), place));
    return stays ? target : undefined;
  };
}

/** A backslash is a letter on Unix, and separates on Windows: a link must stay inside on both. */
const separators = ['/', /[/\\]/];

/** Letters alike where a file system takes them for the same. */
const folded = (path: string): string => path.normalize('NFC').toLowerCase();

interface LinkPlace {
  folder: string;
  /** The folder of the part, which is the highest that a link may lead to. */
  top: string;
  isLink(path: string): boolean;
}

function staysInside(target: readonly string[], { folder, top, isLink }: LinkPlace): boolean {
  const partsOf = (path: string) => path.split('/').filter(Boolean);
  const at = partsOf(folder);
  const highest = partsOf(top).length;
  for (const part of target) {
    if (part === '' || part === '.') continue;
    if (part !== '..') at.push(part);
    else if (at.length <= highest || isLink(at.join('/'))) return false;
    else at.pop();
  }
  return true;
}
