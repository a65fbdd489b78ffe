import { readFile } from 'node:fs/promises';
import type { ReportLine } from '@comprimemelo/contracts/archive';
import type { ResultFile } from '../../src/job/running-job.js';
import { sha256 } from '../fixtures/read-entries.js';
import type { Held, HeldTime } from './held.js';
import type { Losses } from './project.js';

export interface Agreeing {
  /** What is compared, for the message. */
  readonly where: string;
  /** False if the order of entries does not count. */
  readonly ordered: boolean;
  /** Nanoseconds that times are exact to. */
  readonly step: number;
}

/** Holds that an archive has what it should. What is undefined of the latter is not compared. */
export function agree(
  actual: readonly Held[],
  expected: readonly Held[],
  { where, ordered, step }: Agreeing,
): void {
  const wanted = new Map(expected.map((entry) => [entry.path, entry]));
  const found = actual.map((entry) => lineOf(entry, wanted.get(entry.path), step));
  const right = expected.map((entry) => lineOf(entry, entry, step));
  holdEqual(ordered ? found : found.sort(), ordered ? right : right.sort(), where);
}

function lineOf(entry: Held, wanted: Held | undefined, step: number): string {
  const { kind, path, sha256: sum, mode, time, target } = entry;
  const timed = wanted?.time === 'any' ? 'any' : rounded(time, step);
  return JSON.stringify({ kind, path, sum, mode: mode?.toString(8), time: timed, target });
}

function rounded(time: HeldTime, step: number): HeldTime {
  if (time === undefined || time === 'any') return time;
  return { ...time, nanoseconds: time.nanoseconds - (time.nanoseconds % step) };
}

/** Holds that files are those among the entries, with their paths and bytes. */
export async function agreeOnFiles(
  files: readonly ResultFile[],
  entries: readonly Held[],
  { where, ordered }: Omit<Agreeing, 'step'>,
): Promise<void> {
  const found = await Promise.all(
    files.map(async ({ path, location }) => `${sha256(await readFile(location))} ${path}`),
  );
  const right = entries
    .filter(({ kind }) => kind === 'file')
    .map(({ path, sha256: sum }) => `${sum} ${path}`);
  holdEqual(ordered ? found : found.sort(), ordered ? right : right.sort(), where);
}

/** Holds that a report has each loss with its number of entries, and no other line. */
export function agreeOnLosses(report: readonly ReportLine[], losses: Losses, where: string): void {
  const reported: Record<string, number> = {};
  for (const { lost, count } of report) reported[lost] = (reported[lost] ?? 0) + count;
  const lines = (counts: object) => Object.entries(counts).map(String).sort();
  holdEqual(lines(reported), lines(losses), `${where}, report`);
}

function holdEqual(found: readonly string[], right: readonly string[], where: string): void {
  if (found.join('\n') === right.join('\n')) return;
  const missing = right.filter((line) => !found.includes(line)).map((line) => `- ${line}`);
  const extra = found.filter((line) => !right.includes(line)).map((line) => `+ ${line}`);
  const others = [...missing, ...extra];
  throw new Error(
    [where, ...(others.length > 0 ? others : ['another order:', ...found])].join('\n'),
  );
}
