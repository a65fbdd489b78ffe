import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import t from 'tap';
import type { ListedEntry } from '../src/seven-zip/listing.js';
import { faultOf, type MadeArchive, verifyArchive } from '../src/verify-archive.js';
import { noise } from './fixtures/folders.js';
import { failure } from './fixtures/problems.js';
import { localJob } from './fixtures/running-job.js';
import { zipBytes } from './fixtures/zip-bytes.js';

const entry = (path: string, size: number | undefined, kind: ListedEntry['kind'] = 'file') => ({
  ...{ path, size, kind },
  packedSize: undefined,
  encrypted: false,
  dictionaryBytes: 0,
});
const files = [
  { path: 'a', size: 1 },
  { path: 'd/b', size: 2 },
];
const zip: MadeArchive = { location: '/a', format: 'zip', files };

t.test('names, sizes and count must agree; directories come beside', async (t) => {
  const good = [entry('d', 0, 'directory'), entry('d/b', 2), entry('a', 1)];
  t.equal(faultOf(good, zip), undefined);
  t.ok(faultOf(good.slice(1, 2), zip));
  t.ok(faultOf([...good, entry('c', 1)], zip));
  t.ok(faultOf([entry('d/b', 2), entry('a', 2)], zip));
  t.ok(faultOf([entry('d/b', 2), entry('A', 1)], zip));
  t.ok(faultOf([entry('d/b', 2), entry('a', undefined)], zip));
  t.ok(faultOf([entry('d/b', 2), entry('a', 1, 'link')], zip));
  t.ok(faultOf([], zip));
});

t.test('what holds one stream must declare its length as far as the format can', async (t) => {
  const single = [{ path: 'a', size: 2 ** 32 + 5 }];
  const of = (format: MadeArchive['format'], declared: number | undefined, tarBytes?: number) =>
    faultOf([entry('x', declared)], {
      ...{ location: '/a', format, files: single },
      ...(tarBytes === undefined ? {} : { tarBytes }),
    });
  t.equal(of('gz', 5), undefined);
  t.ok(of('gz', 2 ** 32 + 5));
  t.equal(of('xz', 2 ** 32 + 5), undefined);
  t.ok(of('xz', 5));
  t.equal(of('bz2', undefined), undefined);
  t.equal(of('tar.gz', 512, 2 ** 32 + 512), undefined);
  t.ok(of('tar.gz', 1024, 2 ** 32 + 512));
  t.equal(of('tar.xz', 10_240, 10_240), undefined);
  t.ok(of('tar.xz', 10_240, 10_752));
  t.ok(faultOf([], { location: '/a', format: 'gz', files: single }));
});

t.test('an archive that lacks a file is not passed', async (t) => {
  const { running } = await localJob(t, {});
  const location = join(running.directory, 'a.zip');
  await writeFile(location, zipBytes([{ name: 'a', data: noise(1) }]));
  const made: MadeArchive = { location, format: 'zip', files: files.slice(0, 1) };
  await t.resolves(verifyArchive(running, made));
  await t.rejects(verifyArchive(running, { ...made, files }), failure('processing-failed'));
});

t.test('a wrong bit is found where the job asks for the sums', async (t) => {
  const { running } = await localJob(t, {});
  const location = join(running.directory, 'a.gz');
  const bytes = gzipSync(noise(10_000));
  bytes.writeUInt8(bytes.readUInt8(5_000) ^ 1, 5_000);
  await writeFile(location, bytes);
  const made: MadeArchive = { location, format: 'gz', files: [{ path: 'a', size: 10_000 }] };
  await t.resolves(verifyArchive(running, made));
  await t.rejects(verifyArchive({ ...running, fullVerify: true }, made), { name: 'SevenZipError' });
});
