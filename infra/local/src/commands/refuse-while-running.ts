import { readRun } from '../process/ledger.js';
import { isAlive } from '../process/process-identity.js';
import { dataDirectory, layout } from '../run/layout.js';

// A program of its own: it runs as it was compiled last, before the next build.
const run = readRun(layout(dataDirectory()).ledger);
if (run !== undefined && isAlive(run.supervisor)) {
  const { supervisor, origin } = run;
  console.error(
    `npm start: The system is already running (pid ${supervisor.pid}, ${origin}). Stop it with: npm stop`,
  );
  process.exitCode = 1;
}
