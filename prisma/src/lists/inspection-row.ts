import type { Pool } from 'mariadb';
import { toBytes } from '../client/identifiers.js';

/** What is known of the entries of a file; nulls where it was not inspected. */
export interface InspectionRow {
  blobKey: string | null;
  /** An ArchiveSummary, JSON. */
  summary: string | null;
}

const select = `SELECT inspections.blob_key AS blobKey, inspections.summary
  FROM files LEFT JOIN inspections ON inspections.file_id = files.id
  WHERE files.id = ? AND files.owner_id = ?`;

/** The inspection of this owner's file; undefined where there is no such file. */
export async function getInspection(
  pool: Pool,
  ownerId: string,
  fileId: string,
): Promise<InspectionRow | undefined> {
  const values = [toBytes(fileId), toBytes(ownerId)];
  const [row] = await pool.execute<InspectionRow[]>(select, values);
  return row;
}
