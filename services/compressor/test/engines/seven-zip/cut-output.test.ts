import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import t from 'tap';
import { createCutter } from '../../../src/engines/seven-zip/cut-output.js';

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
  const program = outputOf('whole');
  const cutter = createCutter(program.stdout);
  await once(program, 'exit');
  await pause(50);
  t.equal(await taken(cutter.take(5)), 'whole');
  t.equal(await cutter.atEnd(), true);
});
