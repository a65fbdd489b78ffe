import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipBytes } from '@comprimemelo/testing/archives/zip-bytes';
import { noise } from '@comprimemelo/testing/folders';
import t from 'tap';
import type { ListedEntry } from '../../src/engines/entry.js';
import type { UnpackedEntry } from '../../src/extract/unpacked-entry.js';
import {
  createListingCheck,
  type MadeArchive,
  verifyArchive,
} from '../../src/pack/verify-archive.js';
import { failure } from '../fixtures/problems.js';
import { localJob } from '../fixtures/running-job.js';

const entry = (
  path: string,
  size: number | undefined,
  kind: ListedEntry['kind'] = 'file',
): ListedEntry => ({
  rawPath: Buffer.from(path).toString('latin1'),
  size,
  kind,
  packedSize: undefined,
  modified: undefined,
  encrypted: false,
  dictionaryBytes: 0,
});
const none = { mode: undefined, modified: undefined };
const file = (path: string, size: number): UnpackedEntry => ({
  ...none,
  ...{ kind: 'file', path, size, location: '/1' },
});
const entries: UnpackedEntry[] = [
  file('a', 1),
  { ...none, kind: 'directory', path: 'd' },
  file('d/b', 2),
];
const zip: MadeArchive = {
  location: '/a',
  format: 'zip',
  entries,
  encrypted: false,
};

function faultOf(listed: readonly ListedEntry[], archive: MadeArchive): string | undefined {
  const check = createListingCheck(archive);
  listed.forEach(check.add);
  return check.fault();
}

t.test('names, sizes and counts must agree', async (t) => {
  const good = [entry('d', 0, 'directory'), entry('d/b', 2), entry('a', 1)];
  const [directory = entry('d', 0)] = good;
  t.equal(faultOf(good, zip), undefined);
  t.ok(faultOf(good.slice(0, 2), zip));
  t.ok(faultOf(good.slice(1), zip));
  t.ok(faultOf([...good, entry('c', 1)], zip));
  t.ok(faultOf([...good, entry('a', 1)], zip));
  t.ok(faultOf([directory, entry('d/b', 2), entry('a', 2)], zip));
  t.ok(faultOf([directory, entry('d/b', 2), entry('A', 1)], zip));
  t.ok(faultOf([directory, entry('d/b', 2), entry('a', undefined)], zip));
  t.ok(faultOf([directory, entry('d/b', 2), entry('a', 1, 'link')], zip));
  t.ok(faultOf([], zip));
});

t.test('directories that paths name may be there, or not', async (t) => {
  const archive = { ...zip, entries: [file('d/e/b', 2)] };
  const [d, e, b] = [entry('d', 0, 'directory'), entry('d/e', 0, 'directory'), entry('d/e/b', 2)];
  t.equal(faultOf([b], archive), undefined);
  t.equal(faultOf([d, e, b], archive), undefined);
  t.ok(faultOf([d, entry('x', 0, 'directory'), b], archive));
});

t.test('links are there as links, or as the files that they are', async (t) => {
  const hard = { ...file('h', 1), linkTo: 'a' } as UnpackedEntry;
  const soft: UnpackedEntry = { ...none, kind: 'symlink', path: 's', target: 'a' };
  const linked = { ...zip, entries: [file('a', 1), hard, soft] };
  const [a, link] = [entry('a', 1), entry('s', 1, 'link')];
  t.equal(faultOf([a, entry('h', 1), link], linked), undefined);
  t.ok(faultOf([a, entry('h', 1, 'link'), link], linked));
  t.ok(faultOf([a, entry('h', 1), entry('s', 1)], linked));
  const tar = { ...linked, format: 'tar' } as const;
  const listed = (hardLinkTo: string) => ({ ...entry('h', 0), hardLinkTo });
  t.equal(faultOf([a, listed('a'), entry('s', 0, 'link')], tar), undefined);
  t.ok(faultOf([a, listed('b'), link], tar));
  t.ok(faultOf([a, entry('h', 1), link], tar));
});

t.test('names are compared by their bytes, as 7-Zip shows them', async (t) => {
  const archive = { ...zip, entries: [file('ä\nb', 1)] };
  t.equal(faultOf([entry('ä_b', 1)], archive), undefined);
  t.ok(faultOf([entry('a_b', 1)], archive));
});

t.test('what is to be encrypted must be, but for empty files', async (t) => {
  const secret = { ...zip, entries: [file('a', 1), file('d/b', 2)], encrypted: true };
  const [a, b] = [entry('a', 1), entry('d/b', 2)];
  t.ok(faultOf([{ ...a, encrypted: true }, b], secret));
  t.equal(
    faultOf(
      [a, b].map((one) => ({ ...one, encrypted: true })),
      secret,
    ),
    undefined,
  );
  const empty = { ...secret, entries: [file('e', 0)] };
  t.equal(faultOf([entry('e', 0)], empty), undefined);
});

t.test('what holds one stream must declare its length as far as the format can', async (t) => {
  const single = [file('a', 2 ** 32 + 5)];
  const long = 2 ** 32 + 5;
  const of = (format: MadeArchive['format'], declared: number | undefined, streamBytes = long) =>
    faultOf([entry('x', declared)], { ...zip, format, entries: single, streamBytes });
  t.equal(of('gz', 5), undefined);
  t.ok(of('gz', 2 ** 32 + 5));
  t.equal(of('xz', 2 ** 32 + 5), undefined);
  t.ok(of('xz', 5));
  t.equal(of('bz2', undefined), undefined);
  t.equal(of('tar.gz', 512, 2 ** 32 + 512), undefined);
  t.ok(of('tar.gz', 1024, 2 ** 32 + 512));
  t.equal(of('tar.xz', 10_240, 10_240), undefined);
  t.ok(of('tar.xz', 10_240, 10_752));
  t.ok(faultOf([], { ...zip, format: 'gz', entries: single }));
});

t.test('an archive that lacks a file is not passed', async (t) => {
  const { running } = await localJob(t, {});
  const location = join(running.directory, 'a.zip');
  await writeFile(location, zipBytes([{ name: 'a', data: noise(1) }]));
  const made = { ...zip, location, entries: [file('a', 1)] };
  await t.resolves(verifyArchive(running, made));
  await t.rejects(verifyArchive(running, { ...made, entries }), failure('processing-failed'));
});

t.test('a wrong bit is found where the job asks for the sums', async (t) => {
  const { running } = await localJob(t, {});
  const location = join(running.directory, 'a.gz');
  const bytes = gzipSync(noise(10_000));
  bytes.writeUInt8(bytes.readUInt8(5_000) ^ 1, 5_000);
  await writeFile(location, bytes);
  const entries = [file('a', 10_000)];
  const made = { ...zip, location, format: 'gz', entries, streamBytes: 10_000 } as const;
  await t.resolves(verifyArchive(running, made));
  await t.rejects(verifyArchive({ ...running, fullVerify: true }, made), { name: 'SevenZipError' });
});
