import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { freshFolder, noise } from '@comprimemelo/testing/folders';
import { runShell } from '@comprimemelo/testing/programs/run-program';
import t from 'tap';
import { findEncoders } from '../../../src/engines/encoders.js';
import { openSevenZip } from '../../../src/engines/seven-zip/seven-zip.js';
import { gzipMembers } from '../../../src/engines/streams/gzip-members.js';

const { libdeflate: found } = await findEncoders((await openSevenZip()).launcher);
if (found === undefined) throw new Error('libdeflate-gzip is missing');
const libdeflate = found;
const { signal } = new AbortController();
const header = { name: 'long.bin', modified: 1_600_000_000 };
const options = { level: 1, threads: 2, signal, header };
const mebibyte = 1024 * 1024;

t.test('a content of several members comes back whole, by every reader', async (t) => {
  const piece = Buffer.concat([noise(mebibyte / 2), Buffer.alloc(mebibyte / 2)]);
  const pieces = Array<Buffer>(40).fill(piece);
  async function* source() {
    yield* pieces;
  }
  const packed = await buffer(gzipMembers(libdeflate, source(), options));
  const folder = await freshFolder(t);
  await writeFile(join(folder, 'a.gz'), packed);
  await writeFile(join(folder, 'plain'), Buffer.concat(pieces));
  t.equal(gunzipSync(packed).length, 40 * mebibyte);
  await runShell(folder, 'gzip -t a.gz; gzip -dc a.gz | cmp - plain; bsdcat a.gz | cmp - plain');
  const program = "import gzip; assert gzip.open('a.gz').read() == open('plain', 'rb').read()";
  await runShell(folder, `python3 -c "${program}"`);
  t.equal(packed.readUInt32LE(4), header.modified);
  t.equal(packed.toString('latin1', 10, 18), header.name);
});

t.test('nothing is one empty member', async (t) => {
  async function* source() {}
  const packed = await buffer(gzipMembers(libdeflate, source(), options));
  t.equal(gunzipSync(packed).length, 0);
});
