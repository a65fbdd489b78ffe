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
import { environmentWithoutSystem, testEnvironment } from '../tests/test-environment.js';
import { findTestFiles } from '../tests/test-files.js';
import { unitTests } from '../tests/test-lanes.js';

const say = (line: string) => console.log(line);
const unitFlag = '--unit';

/** One result more: whatever the tests did, no log of the system holds a secret. */
function withLogs(totals: Totals, dataDir: string): Totals {
  const dirs = layout(dataDir);
  const found = findSecretsInLogs(dirs.logs, loadSecrets(dirs));
  for (const line of found) say(`  FAILED ${line}`);
  return found.length === 0
    ? { ...totals, passed: totals.passed + 1 }
    : { ...totals, failed: totals.failed + 1 };
}

type Run = (files: readonly string[], signal: AbortSignal) => Promise<Totals>;

/** A directory for what the run leaves behind, on a machine that has the programs that the tests use. */
async function prepare(name: string, signal: AbortSignal): Promise<string> {
  const dataDir = await freshDirectory(name, say);
  mkdirSync(dataDir, { recursive: true });
  await provideTestPrograms({ progress: say, logFile: join(dataDir, 'apt.log'), signal });
  return dataDir;
}

const runUnitTests: Run = async (files, signal) => {
  const dataDir = await prepare('unit', signal);
  say(`Running ${files.length} test files, without servers`);
  const tapFile = join(dataDir, 'results.tap');
  return runTap({ files, env: environmentWithoutSystem(), tapFile, progress: say, signal });
};

const runTests: Run = async (files, signal) => {
  const port = testPort();
  const dataDir = await prepare('test', signal);
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
    say('Stopping the test servers and services');
    await system.close();
  }
};

const isGood = ({ passed, failed }: Totals) => failed === 0 && passed > 0;

/** What the words of the command line ask for: the files, and how they are run. */
function chooseTests(args: readonly string[]): { files: string[]; run: Run } {
  const words = args.filter((word) => word !== unitFlag);
  const files = findTestFiles(repositoryRoot, words);
  return args.includes(unitFlag)
    ? { files: unitTests(repositoryRoot, files), run: runUnitTests }
    : { files, run: runTests };
}

/**
 * `npm test`: runs every test file of the workspace, or those whose path holds one of the words, against a
 * whole system that is started for them. `npm run test:unit`: those that need none, and starts nothing.
 */
export async function main(args: readonly string[]): Promise<void> {
  const { signal } = takeStopSignals();
  let totals: Totals = { passed: 0, failed: 0, skipped: 0 };
  try {
    const { files, run } = chooseTests(args);
    if (files.length === 0) console.error('npm test: no test file matches.');
    else totals = await run(files, signal);
    process.exitCode = isGood(totals) ? 0 : 1;
  } catch (error) {
    if (!signal.aborted) console.error(`npm test: ${lineOf(error)}`);
    process.exitCode = 1;
  }
  if (signal.aborted) process.exitCode = exitCodeOf(signal.reason);
  else say(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
  process.exit();
}
