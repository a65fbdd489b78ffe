import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { freshFolder } from '@comprimemelo/testing/folders';
import t from 'tap';
import { keptOutputOf, startSevenZip } from '../../../src/engines/process/run-program.js';
import { createCutter } from '../../../src/engines/seven-zip/cut-output.js';
import { anyProgram } from '../../fixtures/programs/any-program.js';

const outputOf = (text: string) =>
  spawn('printf', [text], { stdio: ['ignore', 'pipe', 'ignore'] as const });

async function taken(pieces: AsyncGenerator<Buffer>): Promise<string> {
  return Buffer.concat(await Readable.from(pieces).toArray()).toString();
}

t.test('cuts at the lengths, and gives fewer bytes only at the end', async (t) => {
  const cutter = createCutter(outputOf('onetwothree').stdout);
  t.equal(await taken(cutter.take(3)), 'one');
  t.equal(await taken(cutter.take(0)), '');
  t.equal(await taken(cutter.take(3)), 'two');
  t.equal(await cutter.atEnd(), false);
  t.equal(await taken(cutter.take(undefined)), 'three');
  t.equal(await taken(cutter.take(1)), '');
  t.equal(await cutter.atEnd(), true);
});

t.test('what a program wrote before it ended is there, however late it is read', async (t) => {
  const cwd = await freshFolder(t);
  const echo = await anyProgram('/bin/echo');
  const program = startSevenZip(echo, ['-n', 'whole'], {
    cwd,
    access: { reads: [] },
    output: 'pipe',
  });
  const cutter = createCutter(keptOutputOf(program));
  await once(program.stderr, 'close');
  await pause(50);
  t.equal(await taken(cutter.take(5)), 'whole');
  t.equal(await cutter.atEnd(), true);
});
