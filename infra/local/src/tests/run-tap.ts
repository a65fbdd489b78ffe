import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import type { Progress } from '../process/progress.js';
import { fromRoot } from '../run/layout.js';
import { describeFailure } from './describe-failure.js';
import { countTap, type Totals } from './tap-totals.js';
import { groupTestFiles } from './test-groups.js';

interface TapRun {
  /** Compiled test files, relative to the root. */
  files: readonly string[];
  /** All of the environment that the tests see. */
  env: Readonly<Record<string, string | undefined>>;
  /** Where the whole TAP is kept. */
  tapFile: string;
  progress: Progress;
  /** Ends the run. */
  signal: AbortSignal;
}

/** Milliseconds without a finished group after which the count is shown again. */
const reminder = 20_000;
/** Milliseconds that the tests have to end before they are killed. */
const grace = 15_000;

const line = (name: string, { passed, failed, skipped }: Totals) =>
  `  ${failed > 0 ? 'FAILED' : 'ok    '} ${name}  (${passed} passed${failed > 0 ? `, ${failed} failed` : ''}${
    skipped > 0 ? `, ${skipped} skipped` : ''
  })`;

/** Runs the files by tap and tells of each group when it is done. Resolves with the totals of its TAP. */
export async function runTap({ files, env, tapFile, progress, signal }: TapRun): Promise<Totals> {
  const groups = groupTestFiles(files).length;
  let done = 0;
  const say = (text: string) => {
    reminding.refresh();
    progress(text);
  };
  const reminding = setInterval(
    () => progress(`  ${done} of ${groups} test groups done`),
    reminder,
  );
  const { parser, totals } = countTap({
    onGroup: (name, counts) => {
      done += 1;
      say(line(name, counts));
    },
    onFailure: (result) => say(describeFailure(result).join('\n')),
  });
  const runner = fileURLToPath(new URL('./tap-runner.js', import.meta.url));
  const child = spawn(process.execPath, [runner, ...files], {
    cwd: fromRoot(),
    env: { ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    // A group of its own: the tests are told to stop once, by us, and all of them.
    detached: true,
  });
  const end = (name: NodeJS.Signals) => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, name);
  };
  const stop = () => {
    end('SIGTERM');
    setTimeout(() => end('SIGKILL'), grace).unref();
  };
  signal.addEventListener('abort', stop);
  const kept = createWriteStream(tapFile);
  child.stdout.pipe(kept);
  child.stdout.on('data', (chunk: Buffer) => parser.write(chunk));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  parser.end();
  await finished(kept);
  clearInterval(reminding);
  signal.removeEventListener('abort', stop);
  const counted = totals();
  // The runner found a fault that no assertion tells of.
  return code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
}
