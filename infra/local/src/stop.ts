import { endOrphans } from './end-run.js';
import { dataDirectory, layout } from './layout.js';
import { readRun } from './ledger.js';
import { isAlive, signal } from './process-identity.js';
import { step } from './progress.js';
import { lineOf } from './refusal.js';
import { until } from './until.js';

const say = (line: string) => console.log(line);

/** Milliseconds: above what every part together may take. */
const patience = 300_000;

async function stopRun(ledgerFile: string): Promise<boolean> {
  const run = readRun(ledgerFile);
  if (run === undefined) {
    say('Nothing is running.');
    return true;
  }
  const { supervisor, origin } = run;
  if (!signal(supervisor, 'SIGTERM')) {
    await endOrphans(ledgerFile, say);
    say('Stopped what a killed run had left behind.');
    return true;
  }
  const stopped = await step(say, `Stopping ${origin} (pid ${supervisor.pid})`, () =>
    until(() => !isAlive(supervisor), { timeout: patience }),
  );
  if (!stopped)
    console.error(`npm stop: pid ${supervisor.pid} goes on after ${patience / 1000} s.`);
  else say('Stopped. The data stays.');
  return stopped;
}

/** `npm stop`: stops the run of this checkout, and what a killed run has left behind. */
export async function main(): Promise<void> {
  try {
    process.exitCode = (await stopRun(layout(dataDirectory()).ledger)) ? 0 : 1;
  } catch (error) {
    console.error(`npm stop: ${lineOf(error)}`);
    process.exitCode = 1;
  }
}
