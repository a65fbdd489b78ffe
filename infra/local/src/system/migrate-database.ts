import { migrate } from '@comprimemelo/prisma/migrations/migrator';
import { lineOf, Refusal } from '../process/refusal.js';

/** Brings the database to the newest migration. Returns a line about it; refuses where it fails. */
export async function migrateDatabase(databaseUrl: string): Promise<string> {
  try {
    const applied = await migrate(databaseUrl);
    return applied.length === 0 ? 'up to date' : `applied ${applied.join(', ')}`;
  } catch (error) {
    throw new Refusal(`The migration failed: ${lineOf(error)}`);
  }
}
