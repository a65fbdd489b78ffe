import { endOrphans } from '../process/end-run.js';
import { readRun } from '../process/ledger.js';
import { isAlive, signal } from '../process/process-identity.js';
import { step } from '../process/progress.js';
import { lineOf } from '../process/refusal.js';
import { until } from '../process/until.js';
import { dataDirectory, layout } from '../run/layout.js';

const say = (line: string) => console.log(line);

/** Milliseconds: above what every part together may take. */
const stopTimeout = 300_000;

async function stopRun(ledgerFile: string): Promise<boolean> {
  const run = readRun(ledgerFile);
  if (run === undefined) {
    say('The system is not running.');
    return true;
  }
  const { supervisor, origin } = run;
  if (!signal(supervisor, 'SIGTERM')) {
    await endOrphans(ledgerFile, say);
    say('Stopped the processes left behind by a run that was killed.');
    return true;
  }
  const stopped = await step(say, `Stopping ${origin} (pid ${supervisor.pid})`, () =>
    until(() => !isAlive(supervisor), { timeout: stopTimeout }),
  );
  if (!stopped)
    console.error(
      `npm stop: process ${supervisor.pid} is still running after ${stopTimeout / 1000} s.`,
    );
  else say('Stopped. Your data was kept.');
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
