import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiUser, newApiUser } from './api-user.js';
import { type BenchConfig, type BenchFormat, targets } from './config.js';
import { inTurns } from './in-turns.js';
import { type Measured, measure } from './measure.js';
import type { SampleFile, SampleSource } from './sample-files.js';
import { packAlone } from './seven-zip-alone.js';

/** Jobs that run at the same time, both with 7-Zip alone and in the worker of the service. */
export const atOnce = 2;
export const fileCount = 20;
export const fileBytes = 10_000_000;
const smallBytes = 10_000;

/** The same jobs with 7-Zip alone and through the service, measured back to back. */
export interface Pair {
  alone: Measured;
  service: Measured;
}

export interface FormatPairs {
  format: BenchFormat;
  target: number;
  pairs: Pair[];
}

interface Bench {
  user: ApiUser;
  alone: (file: SampleFile, format: BenchFormat) => Promise<void>;
}

/** Uploads all files, two at a time, and waits until the last task is processed. */
async function pairOf(files: SampleFile[], format: BenchFormat, bench: Bench): Promise<Pair> {
  const { user, alone } = bench;
  const aloneTimes = await measure(() => inTurns(atOnce, files, (file) => alone(file, format)));
  let ids: string[] = [];
  const serviceTimes = await measure(async () => {
    ids = await inTurns(atOnce, files, (file) => user.createTask(file, format));
    for (const id of ids) await user.processed(id);
  });
  for (const id of ids) await user.deleteTask(id);
  return { alone: aloneTimes, service: serviceTimes };
}

/** One job at a time, so that no job waits for another. */
async function smallPairs(count: number, file: SampleFile, bench: Bench): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (let at = 0; at < count; at += 1) pairs.push(await pairOf([file], 'zip', bench));
  return pairs;
}

export interface BenchOptions extends BenchConfig {
  origin: string;
  samples: SampleSource;
  /** Holds the input files and the archives. */
  directory: string;
  /** Threads per 7-Zip process. */
  threads: number;
  progress: (line: string) => void;
  signal: AbortSignal;
}

/** Runs all pairs: large files in each format, then small ones. The first small ones are only a warm-up. */
export async function benchArchive(options: BenchOptions) {
  const { origin, samples, directory, threads, signal, progress } = options;
  const out = join(directory, 'out');
  mkdirSync(out, { recursive: true });
  const bench: Bench = {
    user: await newApiUser(origin, signal),
    alone: (file, format) => packAlone(file, format, { out, threads, signal }),
  };
  const files = samples.files(join(directory, 'large'), fileCount, fileBytes);
  const small = samples.text(join(directory, 'small'), smallBytes);
  await smallPairs(10, small, bench);
  const large: FormatPairs[] = [];
  for (const format of options.formats) {
    const pairs: Pair[] = [];
    for (let round = 1; round <= options.rounds; round += 1) {
      progress(`${format}, pair ${round} of ${options.rounds}`);
      pairs.push(await pairOf(files, format, bench));
    }
    large.push({ format, target: targets[format], pairs });
  }
  progress(`${options.smallJobs} small files, one at a time`);
  return { large, small: await smallPairs(options.smallJobs, small, bench) };
}
