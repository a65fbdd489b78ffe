import type { Database } from '@comprimemelo/prisma/client/client';
import { fromBytes, toBytes } from '@comprimemelo/prisma/client/identifiers';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import type { ReceivedFile } from '@comprimemelo/uploads/received-form';

/** An input of a task: uploaded with the request, or uploaded before. */
export interface TaskInputFile extends ReceivedFile {
  /** True if the row is created with the task and deleted with it. */
  isNew: boolean;
}

/** The files of the owner with these ids, in the given order. Throws `file-not-found` if one is missing. */
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
    const { name, path, modifiedAt: modified, mediaType, blobKey } = row;
    const sha256 = Buffer.from(row.sha256).toString('hex');
    const size = Number(row.size);
    return { id, name, path, modified, mediaType, blobKey, sha256, size, isNew: false };
  });
}
