import { migrate } from '@comprimemelo/prisma/migrations/migrator';
import { lineOf, Refusal } from '../process/refusal.js';
import { databaseGreets } from '../servers/probes.js';

const usualPort = 3306;

/** Brings the database to the newest migration. Returns a line about it; refuses where it fails. */
export async function migrateDatabase(databaseUrl: string): Promise<string> {
  if (!URL.canParse(databaseUrl)) throw new Refusal('DATABASE_URL is not a URL.');
  const { hostname, port } = new URL(databaseUrl);
  if (!(await databaseGreets(Number(port || usualPort), hostname))) {
    throw new Refusal(`No database answers at ${hostname}:${port || usualPort} (DATABASE_URL).`);
  }
  try {
    const applied = await migrate(databaseUrl);
    return applied.length === 0 ? 'up to date' : `applied ${applied.join(', ')}`;
  } catch (error) {
    throw new Refusal(`The migration failed: ${lineOf(error)}`);
  }
}
