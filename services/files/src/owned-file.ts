import type { Database } from '@comprimemelo/prisma/client/client';
import { getFile } from '@comprimemelo/prisma/lists/file-list';
import type { FileRow } from '@comprimemelo/prisma/lists/file-row';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';

/** The file `id` of this owner. Throws `file-not-found` if there is none or if it belongs to another account. */
export async function ownedFile(db: Database, ownerId: string, id: string): Promise<FileRow> {
  const file = await getFile(db.pool, ownerId, id);
  if (file === undefined) throw new ProblemError('file-not-found');
  return file;
}
