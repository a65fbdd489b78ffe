import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freshFolder, noise } from '@comprimemelo/testing/folders';
import { runShell } from '@comprimemelo/testing/programs/run-program';
import t from 'tap';
import { packByLbzip2 } from '../../../src/engines/bzip2/lbzip2.js';
import { findEncoders } from '../../../src/engines/encoders.js';
import { openSevenZip } from '../../../src/engines/seven-zip/seven-zip.js';
import { anyProgram } from '../../fixtures/programs/any-program.js';

const { lbzip2: found } = await findEncoders((await openSevenZip()).launcher);
if (found === undefined) throw new Error('lbzip2 is missing');
const lbzip2 = found;
const { signal } = new AbortController();
const usual = { threads: 2, signal, blocks: 9 };

async function* piecesOf(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 100_000) yield bytes.subarray(at, at + 100_000);
}

t.test('what lbzip2 packs comes back whole, by every reader', async (t) => {
  const folder = await freshFolder(t);
  for (const bytes of [
    Buffer.concat([noise(1_500_000), Buffer.alloc(3_000_000)]),
    Buffer.alloc(0),
  ]) {
    await runShell(folder, 'rm -f a.bz2');
    await writeFile(join(folder, 'plain'), bytes);
    const options = { ...usual, archive: join(folder, 'a.bz2'), bytes: bytes.length };
    await packByLbzip2(lbzip2, piecesOf(bytes), options);
    await runShell(folder, 'bzip2 -dc a.bz2 | cmp - plain; bsdcat a.bz2 | cmp - plain');
    const program = "import bz2; assert bz2.open('a.bz2').read() == open('plain', 'rb').read()";
    await runShell(folder, `python3 -c "${program}"`);
  }
});

t.test('what goes wrong rejects: the program, its input, the signal', async (t) => {
  const folder = await freshFolder(t);
  const at = (name: string) => ({ ...usual, archive: join(folder, name), bytes: 100 });
  const failing = { ...lbzip2, ...(await anyProgram('/bin/sh')) };
  await t.rejects(packByLbzip2(failing, piecesOf(noise(100)), at('a')), { name: 'SevenZipError' });
  async function* broken() {
    yield noise(10);
    throw new Error('the disk is gone');
  }
  await t.rejects(packByLbzip2(lbzip2, broken(), at('b')), { message: 'the disk is gone' });
  const controller = new AbortController();
  const packing = packByLbzip2(lbzip2, piecesOf(noise(20_000_000)), {
    ...at('c'),
    signal: controller.signal,
  });
  controller.abort(new Error('cancelled'));
  await t.rejects(packing, { message: 'cancelled' });
});
