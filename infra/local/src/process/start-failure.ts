import { lastLines } from './log-tail.js';
import type { Program } from './program.js';
import { Refusal } from './refusal.js';

/** Characters of one line of a log; some write pages into one. */
const longest = 200;

/** A program that did not start, told by the end of its log; `from` is the log's size before the start. */
export function startFailure(program: Program, death: string | undefined, from: number): Refusal {
  const { name, logFile, startTimeout } = program;
  const what =
    death === undefined
      ? `${name} was not ready within ${startTimeout / 1000} s`
      : `${name} did not start (${death})`;
  const lines = lastLines(logFile, 3, from).map((line) => line.slice(0, longest));
  const said = lines.length === 0 ? 'its log is empty' : lines.join(' | ');
  return new Refusal(`${what}: ${said} (full log: ${logFile})`);
}
