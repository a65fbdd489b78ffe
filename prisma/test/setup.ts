import { testDatabase } from '@comprimemelo/testing/database';
import type { Test } from 'tap';
import { type Database, openDatabase } from '../src/client.js';
import { newId, toBytes } from '../src/identifiers.js';

/** A migrated database of the test's own, open. */
export async function setup(t: Test): Promise<Database> {
  const { url, drop } = await testDatabase();
  t.teardown(drop);
  const db = openDatabase(url, { connectionLimit: 10 });
  t.teardown(() => db.close());
  return db;
}

/** A user's row; its `name` makes user name and address. */
export const userData = (name: string) => ({
  id: toBytes(newId()),
  username: name,
  email: `${name}@example.org`,
  passwordHash: 'none',
  createdAt: new Date(),
});

/** A task's row, processed, with one input and one result. */
export const taskData = (ownerId: string, id = newId()) => ({
  id: toBytes(id),
  ownerId: toBytes(ownerId),
  operation: 'compress' as const,
  status: 'processed' as const,
  format: 'zip',
  options: '{"level":"best"}',
  inputs: JSON.stringify([{ id: newId(), name: 'a "ñ".pdf', extension: 'pdf', size: 7 }]),
  results: JSON.stringify([
    { id: newId(), name: 'a "ñ".zip', path: 'a "ñ".zip', size: 5, sha256: 'ab'.repeat(32) },
  ]),
  resultCount: 1,
  inputSize: 7n,
  progress: 100,
  attempt: 1,
  error: null,
  report: null,
  hasPassword: false,
  quiet: false,
  createdAt: new Date('2026-01-31T12:00:00.000Z'),
  touchedAt: new Date('2026-01-31T12:00:00.000Z'),
  startedAt: new Date('2026-01-31T12:00:00.007Z'),
  finishedAt: null,
  expiresAt: null,
});

/** A file's row, uploaded. */
export const fileData = (ownerId: string, id = newId()) => ({
  id: toBytes(id),
  ownerId: toBytes(ownerId),
  taskId: null,
  kind: 'upload' as const,
  name: 'a "ñ".pdf',
  path: 'a "ñ".pdf',
  size: 5_368_709_120n,
  mediaType: 'application/pdf',
  sha256: Buffer.alloc(32, 0xab),
  blobKey: `uploads/00/${id}`,
  createdAt: new Date('2026-01-31T12:00:00.000Z'),
  expiresAt: null,
});
