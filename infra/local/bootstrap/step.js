// @ts-check
import { spawn } from 'node:child_process';
import { root } from './checkout.js';
import { givenEnvironment } from './config.js';

/** Milliseconds after which a step that still goes on is mentioned again. */
const reminder = 15_000;

/** A step that ended otherwise than well. */
export class StepFailure extends Error {
  /** True where a signal ended it: what it was writing may be half written. */
  interrupted = false;
}

/** Whatever is set for production would leave the compiler out. */
export function environment() {
  const { NODE_ENV, npm_config_production, npm_config_omit, ...env } = givenEnvironment();
  return env;
}

/**
 * Runs a command with its output on the terminal, and says what it does before. Rejects with a StepFailure where
 * it fails.
 * @param {string} what
 * @param {string[]} command
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 * @returns {Promise<void>}
 */
export function step(what, [program = '', ...args], { env = environment(), cwd = root } = {}) {
  console.log(what);
  const began = Date.now();
  const timer = setInterval(() => {
    console.log(`  still at it after ${Math.round((Date.now() - began) / 1000)} s: ${what}`);
  }, reminder);
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
  const stop = () => child.kill('SIGTERM');
  process.once('SIGTERM', stop);
  return new Promise((resolve, reject) => {
    const end = () => {
      clearInterval(timer);
      process.off('SIGTERM', stop);
    };
    child.once('error', (error) => {
      end();
      reject(new StepFailure(`${what}: ${error.message}`));
    });
    child.once('close', (code, signal) => {
      end();
      if (code === 0) return resolve();
      const failure = new StepFailure(
        `${what}: failed (${signal ?? `exit code ${code}`}), see above.`,
      );
      // A shell says so by its exit code.
      failure.interrupted = code === null || code > 128;
      reject(failure);
    });
  });
}
