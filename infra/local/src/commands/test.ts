import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { testPort } from '../config.js';
import { lineOf } from '../process/refusal.js';
import { exitCodeOf, takeStopSignals } from '../process/stop-signals.js';
import { freshDirectory } from '../run/fresh-directory.js';
import { layout, repositoryRoot } from '../run/layout.js';
import { loadSecrets } from '../run/secrets.js';
import { startSystem } from '../system/system.js';
import { provideTestPrograms } from '../tests/provide-test-programs.js';
import { runTap } from '../tests/run-tap.js';
import { findSecretsInLogs } from '../tests/secrets-in-logs.js';
import type { Totals } from '../tests/tap-totals.js';
import { testEnvironment } from '../tests/test-environment.js';
import { findTestFiles } from '../tests/test-files.js';

const say = (line: string) => console.log(line);

/** One result more: whatever the tests did, no log of the system holds a secret. */
function withLogs(totals: Totals, dataDir: string): Totals {
  const dirs = layout(dataDir);
  const found = findSecretsInLogs(dirs.logs, loadSecrets(dirs));
  for (const line of found) say(`  FAILED ${line}`);
  return found.length === 0
    ? { ...totals, passed: totals.passed + 1 }
    : { ...totals, failed: totals.failed + 1 };
}

async function runTests(files: readonly string[], signal: AbortSignal): Promise<Totals> {
  const port = testPort();
  const dataDir = await freshDirectory('test', say);
  mkdirSync(dataDir, { recursive: true });
  await provideTestPrograms({ progress: say, logFile: join(dataDir, 'apt.log'), signal });
  // The receivers of the tests are on this machine.
  const environment = { webhooks: { WEBHOOK_ALLOW_HTTP: '1', WEBHOOK_ALLOW_PRIVATE: '1' } };
  const options = { port, dataDir, environment, forTests: true };
  const system = await startSystem({ ...options, progress: say, signal });
  try {
    say(`Running ${files.length} test files`);
    const env = testEnvironment(system);
    const tapFile = join(dataDir, 'results.tap');
    const totals = await runTap({ files, env, tapFile, progress: say, signal });
    return withLogs(totals, dataDir);
  } finally {
    say('Stopping the servers and services of the tests');
    await system.close();
  }
}

const isGood = ({ passed, failed }: Totals) => failed === 0 && passed > 0;

/**
 * `npm test`: runs every test file of the workspace, or those whose path holds one of the words, against a
 * whole system that is started for them.
 */
export async function main(words: readonly string[]): Promise<void> {
  const { signal } = takeStopSignals();
  let totals: Totals = { passed: 0, failed: 0, skipped: 0 };
  try {
    const files = findTestFiles(repositoryRoot, words);
    if (files.length === 0) console.error('npm test: no test file was found.');
    else totals = await runTests(files, signal);
    process.exitCode = isGood(totals) ? 0 : 1;
  } catch (error) {
    if (!signal.aborted) console.error(`npm test: ${lineOf(error)}`);
    process.exitCode = 1;
  }
  if (signal.aborted) process.exitCode = exitCodeOf(signal.reason);
  else say(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
  process.exit();
}
