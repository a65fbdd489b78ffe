import { execFileSync } from 'node:child_process';
import { statfsSync, writeFileSync } from 'node:fs';
import { open, rename, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { noise } from '@comprimemelo/testing/folders';
import { runProgram } from '@comprimemelo/testing/programs/run-program';
import t, { type Test } from 'tap';
import { writeTar } from '../../src/engines/tar/write-tar.js';
import type { LocalInput } from '../../src/job/running-job.js';
import { compress } from '../../src/operations/compress.js';
import { decompress } from '../../src/operations/decompress.js';
import { inspect } from '../../src/operations/inspect.js';
import { localJob } from '../fixtures/running-job.js';

const size = 2 ** 32 + 5;
/** Does not pack: of an archive that is much smaller, so many bytes would be taken for a bomb. */
const start = noise(48 * 1024 * 1024);
const end = Buffer.from('the end');

/** Between its start and its end it has a hole, which takes no room on the disk. */
async function writeSparse(location: string): Promise<void> {
  const file = await open(location, 'wx');
  await file.write(start);
  await file.write(end, 0, end.length, size - end.length);
  await file.close();
}

async function readAt(location: string | Buffer, from: number, length: number): Promise<Buffer> {
  const file = await open(location);
  try {
    return (await file.read(Buffer.alloc(length), 0, length, from)).buffer;
  } finally {
    await file.close();
  }
}

/** The archive as the input of a job of its own. */
async function jobOn(
  t: Test,
  { location, name, size }: { location: string | Buffer; name: string; size: number },
) {
  const { running } = await localJob(t, {});
  const input: LocalInput = { name, size, location: join(running.directory, 'in', name) };
  await rename(location, input.location);
  return { running, inputs: [input] };
}

/** Of a sparse file. */
function sumOfSparse(): number {
  const hole = Buffer.alloc(start.length);
  let sum = crc32(start);
  let left = size - start.length - end.length;
  for (; left > 0; left -= hole.length) sum = crc32(hole.subarray(0, left), sum);
  return crc32(end, sum);
}

/** What Python's zipfile, which shares no code with 7-Zip, says of each entry: zip64 is the extra field 1. */
const entriesProgram = `
import json, sys, zipfile
for one in zipfile.ZipFile(sys.argv[1]).infolist():
    print(json.dumps([one.filename, one.file_size, one.CRC, one.compress_type, one.extra[:2].hex()]))`;

const { bavail, bsize } = statfsSync(tmpdir());
const skip = bavail * bsize < 1.5 * size && 'the disk has no room for what comes out';

t.test('a file of more than 4 GiB goes into a zip and comes out again', { skip }, async (t) => {
  const { running } = await localJob(t, {}, { format: 'zip', options: { level: 'fastest' } });
  const input = { name: 'large', location: join(running.directory, 'in', 'large'), size };
  await writeSparse(input.location);
  const [zip] = (await compress(running, [input])).files;
  if (!zip) throw new Error('there is no result');
  const python = ['-c', entriesProgram, `${zip.location}`];
  const [entry, ...more] = (await runProgram(running.directory, 'python3', python)).split('\n');
  t.strictSame(JSON.parse(entry ?? ''), ['large', size, sumOfSparse(), 8, '0100']);
  t.strictSame(more, ['']);

  // By that sum 7-Zip checks all that comes out.
  const job = await jobOn(t, { ...zip, name: 'a.zip' });
  const [file] = (await decompress(job.running, job.inputs)).files;
  t.match(file, { path: 'large', size });
  t.ok((await readAt(file?.location ?? '', 0, start.length)).equals(start), 'its start');
  t.strictSame(await readAt(file?.location ?? '', size - end.length, end.length), end);
});

const manyEntries = 66_000;

/** How many entries Python finds, and how many records of zip64 that count them. */
const countProgram = `
import sys, zipfile
print(len(zipfile.ZipFile(sys.argv[1]).namelist()), open(sys.argv[1], 'rb').read().count(b'PK\\x06\\x06'))`;

t.test('more than 65,535 entries go into a zip and are found in it', async (t) => {
  const { running } = await localJob(t, {}, { format: 'zip' });
  const inputs = Array.from({ length: manyEntries }, (_, at): LocalInput => {
    const name = `${at}`;
    return { name, location: join(running.directory, 'in', name), size: 0 };
  });
  for (const { location } of inputs) writeFileSync(location, '');
  const [zip] = (await compress(running, inputs)).files;
  if (!zip) throw new Error('there is no result');
  const python = ['-c', countProgram, `${zip.location}`];
  t.equal(await runProgram(running.directory, 'python3', python), `${manyEntries} 1\n`);
  const job = await jobOn(t, { ...zip, name: 'many.zip' });
  const { inspections = [] } = await inspect(job.running, job.inputs);
  t.match(inspections[0]?.summary, { entries: manyEntries, refused: null });
});

/** More than eleven octal digits say: 8 GiB. */
const tarSize = 2 ** 33 + 5;

t.test('a tar says of a file that it has more than 8 GiB', async (t) => {
  const content = async function* () {
    yield Buffer.alloc(512);
  };
  const modified = { seconds: 0, nanoseconds: 0 };
  const large = { type: 'file', path: 'large', size: tarSize, mode: 0o644, modified } as const;
  const { value: head } = await writeTar([{ ...large, content }]).next();
  const program = `
import sys, tarfile
one = tarfile.open(fileobj=sys.stdin.buffer, mode='r|').next()
print(one.name, one.size)`;
  const input = Buffer.concat([head as Buffer, Buffer.alloc(512)]);
  t.equal(execFileSync('python3', ['-c', program], { input }).toString(), `large ${tarSize}\n`);
});

t.test('and that is read, however the tar says it', async (t) => {
  for (const format of ['GNU_FORMAT', 'PAX_FORMAT']) {
    const { running } = await localJob(t, {});
    const program = `
import sys, tarfile
one = tarfile.TarInfo('large')
one.size = ${tarSize}
sys.stdout.buffer.write(one.tobuf(tarfile.${format}))`;
    const head = execFileSync('python3', ['-c', program]);
    const size = head.length + Math.ceil(tarSize / 512) * 512 + 1_024;
    const input = { name: 'a.tar', location: join(running.directory, 'in', 'a.tar'), size };
    await writeFile(input.location, head);
    await truncate(input.location, size);
    const { inspections = [] } = await inspect(running, [input]);
    t.match(inspections[0]?.summary, { entries: 1, size: tarSize, refused: null }, format);
  }
});
