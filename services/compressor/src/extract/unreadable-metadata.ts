import type { Loss } from '@comprimemelo/contracts/archive';
import type { ListedEntry } from '../engines/seven-zip/listing.js';
import type { OpenArchive } from '../open/archive-part.js';

/** What the archive may say of an entry that becomes a file, and 7-Zip does not tell. */
export function unreadableMetadata(
  { format, hidesRockRidge }: Pick<OpenArchive, 'format' | 'hidesRockRidge'>,
  { kind, size, host }: Pick<ListedEntry, 'kind' | 'size' | 'host'>,
): readonly Loss[] {
  if (kind !== 'file') return [];
  if (hidesRockRidge) return size === 0 ? ['modes', 'links'] : ['modes'];
  if (host?.toLowerCase() !== 'unix') return [];
  if (format === 'arj') return ['modes', 'times'];
  return format === 'lzh' ? ['modes'] : [];
}
