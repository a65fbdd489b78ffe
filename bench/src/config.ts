import { Refusal } from '@comprimemelo/local/process/refusal';

/** The measured formats, each with the target: time through the service divided by the time of 7-Zip alone. */
export const targets = { zip: 1.65, 'tar.gz': 1.65, '7z': 1.15, 'tar.xz': 1.15, 'tar.bz2': 1.15 };
export type BenchFormat = keyof typeof targets;

export interface BenchConfig {
  /** Port of the origin. The other parts use the twelve ports above it. */
  port: number;
  formats: readonly BenchFormat[];
  /** Pairs of runs per format. */
  rounds: number;
  /** Small jobs, one after another. */
  smallJobs: number;
}

function wholeNumber(name: string, text: string | undefined, usual: number): number {
  const value = text ? Number(text) : usual;
  if (Number.isInteger(value) && value >= 0) return value;
  throw new Refusal(`${name} must be a whole number, not "${text}".`);
}

function formatsOf(text: string | undefined): readonly BenchFormat[] {
  const known = Object.keys(targets) as BenchFormat[];
  if (!text) return known;
  return text.split(',').map((name) => {
    const format = known.find((one) => one === name);
    if (format === undefined) {
      throw new Refusal(`BENCH_FORMATS: "${name}" is not one of ${known.join(', ')}.`);
    }
    return format;
  });
}

/** Reads the settings from the environment. Throws a Refusal that names the wrong one. */
export const readBenchConfig = (env: NodeJS.ProcessEnv = process.env): BenchConfig => ({
  port: wholeNumber('BENCH_PORT', env.BENCH_PORT, 18_180),
  formats: formatsOf(env.BENCH_FORMATS),
  rounds: wholeNumber('BENCH_ROUNDS', env.BENCH_ROUNDS, 3),
  smallJobs: wholeNumber('BENCH_SMALL_JOBS', env.BENCH_SMALL_JOBS, 50),
});
