import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { threadsOfJob } from '@comprimemelo/compressor/machine/threads';
import { lineOf } from '@comprimemelo/local/process/refusal';
import { exitCodeOf, takeStopSignals } from '@comprimemelo/local/process/stop-signals';
import { freshDirectory } from '@comprimemelo/local/run/fresh-directory';
import { fromRoot } from '@comprimemelo/local/run/layout';
import { startSystem } from '@comprimemelo/local/system/system';
import { atOnce, benchArchive, fileBytes, fileCount } from './bench-archive.js';
import { readBenchConfig } from './config.js';
import { largeReport, smallReport } from './report.js';
import { openSampleSource } from './sample-files.js';

const say = (line: string) => console.log(line);

/** `npm run bench:archive`: starts its own system, measures it and prints the figures. */
async function run(signal: AbortSignal): Promise<void> {
  const config = readBenchConfig();
  const dataDir = await freshDirectory('bench', say);
  const cores = availableParallelism();
  const system = await startSystem({
    port: config.port,
    dataDir,
    environment: {
      auth: { ACCESS_TOKEN_SECONDS: '86400' },
      compressor: { CONCURRENCY: String(atOnce) },
    },
    progress: say,
    signal,
  });
  try {
    const { large, small } = await benchArchive({
      ...config,
      origin: system.origin,
      samples: openSampleSource(fromRoot('node_modules/.pnpm'), fileCount * fileBytes),
      directory: join(dataDir, 'samples'),
      threads: threadsOfJob(cores, atOnce),
      progress: say,
      signal,
    });
    say(`\n${cores} cores: ${cpus()[0]?.model ?? 'unknown'}. Node ${process.versions.node}.`);
    for (const line of [...largeReport(large), ...smallReport(small)]) say(line);
  } finally {
    await system.close();
  }
}

const { signal } = takeStopSignals();
try {
  await run(signal);
} catch (error) {
  if (!signal.aborted) console.error(`npm run bench:archive: ${lineOf(error)}`);
  process.exitCode = 1;
}
if (signal.aborted) process.exitCode = exitCodeOf(signal.reason);
process.exit();
