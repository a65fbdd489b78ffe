import { join } from 'node:path';
import { inheritedEnvironment, type Program } from '../src/program.js';

/** A Node program of one line, as a part of a system. */
export const smallProgram = (directory: string, source: string): Program => ({
  name: 'small',
  command: process.execPath,
  args: ['-e', source],
  env: inheritedEnvironment(),
  logFile: join(directory, 'small.log'),
  stopSignal: 'SIGTERM',
  grace: 5_000,
  startTimeout: 10_000,
  ready: async () => true,
});

/** Runs until it is told to stop. */
export const waiting = 'setInterval(() => {}, 1000);';
