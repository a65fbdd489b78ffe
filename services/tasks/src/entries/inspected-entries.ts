import type { ArchiveSummary } from '@comprimemelo/contracts/archive';
import { getInspection } from '@comprimemelo/prisma/lists/inspection-row';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
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
  /** An ArchiveSummary as JSON. */
  archive: string;
  /** Each is one ArchiveEntry as JSON. */
  entries: string[];
  nextCursor: string | null;
}

/** Null if storage has lost the entries: the file then counts as not inspected. */
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
 * A page of the entries of this owner's file; null if the file has not been inspected. Throws `file-not-found`,
 * and `invalid-cursor` if the cursor is not from the current inspection of this file.
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

/** Without an inspection no cursor can be valid. */
function noPage(cursor: string | undefined): null {
  if (cursor === undefined) return null;
  throw new ProblemError('invalid-cursor');
}
