import type { Loss } from '@comprimemelo/contracts/archive';
import type { ListedEntry } from '../engines/entry.js';
import type { OpenArchive } from '../open/archive-part.js';

/** What the archive may say of an entry that becomes a file, and 7-Zip does not tell. */
export function unreadableMetadata(
  { format }: Pick<OpenArchive, 'format'>,
  { kind, host }: Pick<ListedEntry, 'kind' | 'host'>,
): readonly Loss[] {
  if (kind !== 'file') return [];
  if (host?.toLowerCase() !== 'unix') return [];
  if (format === 'arj') return ['modes', 'times'];
  return format === 'lzh' ? ['modes'] : [];
}
