// @ts-check
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { givenEnvironment } from './config.js';

/** Set for the program that runs under the other Node. */
const variable = 'COMPRIMEMELO_NODE';

const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Runs this program again under another Node and ends as that does. The signals that ask to stop are handed on.
 * @param {string} node
 * @returns {Promise<never>}
 */
export function runUnder(node) {
  // A wrapper may tell another version than the Node that it starts.
  if (givenEnvironment()[variable] === node)
    throw new Error(`${node} is not the Node that it says it is.`);
  const env = { ...givenEnvironment(), [variable]: node };
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  // Before the child is there: a signal that came between would end this process alone, and leave the other behind.
  for (const name of signals) process.on(name, () => child?.kill(name));
  child = spawn(node, process.argv.slice(1), { stdio: 'inherit', env });
  return new Promise((_, reject) => {
    child?.once('error', reject);
    child?.once('exit', (code, signal) => {
      process.exit(signal === null ? (code ?? 1) : 128 + constants.signals[signal]);
    });
  });
}
