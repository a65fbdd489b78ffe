import type { Inspection } from '@comprimemelo/contracts/messages';
import type { Transaction } from '@comprimemelo/prisma/client/client';
import { toBytes } from '@comprimemelo/prisma/client/identifiers';

/**
 * Stores the inspections of the inputs of a task, replacing older ones of the same files. Returns the keys of the
 * blobs that are no longer needed after the commit: those of replaced inspections and of deleted files.
 */
export async function recordInspections(
  tx: Transaction,
  taskId: string,
  inspections: Inspection[],
): Promise<string[]> {
  const useless: string[] = [];
  const createdAt = new Date();
  for (const { input: position, blobKey, summary } of inspections) {
    const place = { taskId: toBytes(taskId), position };
    const input = await tx.taskInput.findUnique({ where: { taskId_position: place } });
    if (input === null) {
      useless.push(blobKey);
      continue;
    }
    const { fileId } = input;
    const former = await tx.inspection.findUnique({ where: { fileId } });
    if (former !== null && former.blobKey !== blobKey) useless.push(former.blobKey);
    const found = { blobKey, summary: JSON.stringify(summary), createdAt };
    await tx.inspection.upsert({
      where: { fileId },
      create: { fileId, ...found },
      update: found,
    });
  }
  return useless;
}
