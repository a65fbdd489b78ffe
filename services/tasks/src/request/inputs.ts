import type { Database } from '@comprimemelo/prisma/client/client';
import { fromBytes, toBytes } from '@comprimemelo/prisma/client/identifiers';
import { ProblemError } from '@comprimemelo/service/http/problem-error';
import type { ReceivedFile } from '@comprimemelo/uploads/receive-multipart';

/** A file that a task reads: one that came with the request, or one that was there before. */
export interface TaskInputFile extends ReceivedFile {
  /** True where the row is to be made, and goes when the task goes. */
  isNew: boolean;
}

/** The owner's files of these ids, in the order given. Throws `file-not-found` where one is missing. */
export async function findInputs(
  db: Database,
  ownerId: string,
  ids: string[],
): Promise<TaskInputFile[]> {
  const rows = await db.prisma.file.findMany({
    where: { ownerId: toBytes(ownerId), id: { in: [...new Set(ids)].map(toBytes) } },
  });
  const byId = new Map(rows.map((row) => [fromBytes(row.id), row]));
  return ids.map((id, index) => {
    const row = byId.get(id.toLowerCase());
    if (row === undefined) {
      const errors = [
        { pointer: `/files/${index}`, detail: `\`files[${index}]\` is not a file of yours.` },
      ];
      throw new ProblemError('file-not-found', { errors });
    }
    const { name, mediaType, blobKey } = row;
    const sha256 = Buffer.from(row.sha256).toString('hex');
    return { id, name, mediaType, blobKey, sha256, size: Number(row.size), isNew: false };
  });
}
