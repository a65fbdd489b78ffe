import { migrate } from '../../prisma/dist/src/migrations/migrator.js';

// The one-shot service `migrate` of docker-compose.yml.
try {
  const applied = await migrate(process.env.DATABASE_URL ?? '');
  console.log(
    applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`,
  );
} catch (error) {
  console.error(`The migration failed: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
