// @ts-check
import { rmSync, statSync } from 'node:fs';
import { fromRoot } from './checkout.js';
import { buildInputs, buildOutputs, digest } from './fingerprint.js';
import { installed } from './install.js';
import { readRecord, removeRecord, writeRecord } from './record.js';
import { StepFailure, step } from './step.js';

const record = 'build';

/** @typedef {Record<string, string | undefined>} Hashes */
/** @typedef {ReturnType<typeof buildOutputs>} Outputs */
/** @typedef {{ inputs: Hashes, outputs: Outputs, succeeded: boolean, builtAt: number }} Built */

/** @param {Hashes} before @param {Hashes} now */
const changesBetween = (before, now) =>
  Object.keys({ ...before, ...now }).filter((name) => before[name] !== now[name]);

/**
 * True when the compiler, which goes by the times of the files, sees that this one has changed.
 * @param {string} name
 * @param {number} builtAt milliseconds since 1970
 */
function looksChanged(name, builtAt) {
  const stat = statSync(fromRoot(name), { throwIfNoEntry: false });
  return stat !== undefined && stat.mtimeMs > builtAt;
}

/**
 * True when what is there is what the compiler remembers: it misses files that are gone, or were changed by others.
 * Somebody may have run it by hand since, and then its memory is another one, too.
 * @param {Built} last
 * @param {Outputs} outputs
 */
function isRemembered(last, outputs) {
  if (digest(last.outputs.files) === digest(outputs.files)) return true;
  const isWhole = Object.keys(last.outputs.files).every((name) => name in outputs.files);
  return isWhole && digest(last.outputs.memory) !== digest(outputs.memory);
}

/** @returns {Built | undefined} undefined where there is none, or one of another version of this file */
function lastBuild() {
  const last = readRecord(record);
  return last?.inputs && last.outputs?.files && last.outputs.memory ? last : undefined;
}

/**
 * Runs the script `build`, unless what it would make is there, made of the same files: by content, not by time. The
 * compiler begins anew where what it remembers cannot be relied upon.
 */
export async function build() {
  const inputs = { ...buildInputs(), 'installed packages': installed() };
  const outputs = buildOutputs();
  const last = lastBuild();
  const changes = changesBetween(last?.inputs ?? {}, inputs);
  const isSame = digest(last?.outputs.files) === digest(outputs.files);
  if (last?.succeeded && isSame && changes.length === 0) return;
  removeRecord(record);
  const isSound =
    last !== undefined &&
    isRemembered(last, outputs) &&
    changes.every((name) => looksChanged(name, last.builtAt));
  if (!isSound) for (const name of Object.keys(outputs.memory)) rmSync(fromRoot(name));
  await runBuild(inputs);
}

/** @param {Hashes} inputs as they were before: a file that is saved meanwhile counts as changed */
async function runBuild(inputs) {
  const keep = (/** @type {boolean} */ succeeded) =>
    writeRecord(record, { inputs, outputs: buildOutputs(), succeeded, builtAt: Date.now() });
  try {
    await step('Building', ['pnpm', '--silent', 'run', 'build']);
  } catch (error) {
    // After a fault in the sources the next build goes on from here; after an interruption it begins anew.
    if (error instanceof StepFailure && !error.interrupted) keep(false);
    throw error;
  }
  keep(true);
}
