import type { ArchiveSummary } from '@comprimemelo/contracts/archive';
import { getInspection } from '@comprimemelo/prisma/lists/inspection-row';
import { ProblemError } from '@comprimemelo/service/http/problem-error';
import { BlobNotFound } from '@comprimemelo/storage-client/storage-errors';
import type { TasksDependencies } from '../dependencies.js';
import { readEntriesCursor, writeEntriesCursor } from './entries-cursor.js';
import { readEntriesPage } from './entries-page.js';

export interface EntriesRequest {
  ownerId: string;
  fileId: string;
  limit: number;
  cursor: string | undefined;
}

export interface InspectedEntries {
  /** An ArchiveSummary, JSON. */
  archive: string;
  /** JSON, one ArchiveEntry each. */
  entries: string[];
  nextCursor: string | null;
}

/** Null where storage has lost the entries: then the file counts as not inspected. */
async function readPage(
  { db, storage }: Pick<TasksDependencies, 'db' | 'storage'>,
  blobKey: string,
  place: { offset: number; limit: number },
) {
  try {
    return await readEntriesPage(storage, blobKey, place);
  } catch (error) {
    if (!(error instanceof BlobNotFound)) throw error;
    await db.prisma.inspection.deleteMany({ where: { blobKey } });
    return null;
  }
}

/**
 * A page of the entries of this owner's file; null where it was not inspected. Throws `file-not-found`,
 * and `invalid-cursor` for one that this file's present inspection did not give.
 */
export async function inspectedEntries(
  dependencies: Pick<TasksDependencies, 'db' | 'storage'>,
  { ownerId, fileId, limit, cursor }: EntriesRequest,
): Promise<InspectedEntries | null> {
  const found = await getInspection(dependencies.db.pool, ownerId, fileId);
  if (found === undefined) throw new ProblemError('file-not-found');
  const { blobKey, summary: archive } = found;
  if (blobKey === null || archive === null) return noPage(cursor);
  const offset = readEntriesCursor(cursor, blobKey);
  const isEmpty = (JSON.parse(archive) as ArchiveSummary).entries === 0;
  if (isEmpty) return { archive, entries: [], nextCursor: null };
  const page = await readPage(dependencies, blobKey, { offset, limit });
  if (page === null) return noPage(cursor);
  const nextCursor = page.next === null ? null : writeEntriesCursor(blobKey, page.next);
  return { archive, entries: page.entries, nextCursor };
}

/** No inspection gives no cursor. */
function noPage(cursor: string | undefined): null {
  if (cursor === undefined) return null;
  throw new ProblemError('invalid-cursor');
}
