// Runs `prisma generate` without Prisma's schema engine, which it would try to download.
// The stand-in refuses every call, so a command that does need the engine fails and says why.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const engine = fileURLToPath(new URL('./schema-engine-absent', import.meta.url));
const { status } = spawnSync('prisma', ['generate'], {
  cwd: fileURLToPath(new URL('.', import.meta.url)),
  stdio: ['ignore', 'ignore', 'inherit'],
  env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: engine, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
});
process.exit(status ?? 1);
