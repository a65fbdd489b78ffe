import type { EntryType } from '../entry.js';

/** What a type flag of a tar stands for; undefined for what describes no entry of its own. */
const types: Readonly<Record<string, EntryType>> = {
  '\0': 'file',
  '0': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'special',
  '4': 'special',
  '5': 'directory',
  '6': 'special',
  '7': 'file',
  S: 'file',
  // A directory of an incremental backup: its content lists what was there.
  D: 'directory',
};

/** Volume label, old long names, and what vendors use for themselves: nothing a user put in. Source: GNU tar, POSIX. */
export const isVendorFlag = (flag: string): boolean => /^[A-Z]$/.test(flag) && !(flag in types);

/**
 * What an entry is. POSIX has unknown flags taken as files; tars before POSIX mark a directory by a slash at the end
 * alone.
 */
export function entryType(flag: string, path: string): EntryType {
  const type = types[flag] ?? 'file';
  return type === 'file' && path.endsWith('/') ? 'directory' : type;
}
