import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipBytes } from '@comprimemelo/testing/archives/zip-bytes';
import { noise } from '@comprimemelo/testing/folders';
import t from 'tap';
import type { ListedEntry } from '../../src/engines/seven-zip/listing.js';
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
  path,
  rawPath: path,
  size,
  kind,
  packedSize: undefined,
  modified: undefined,
  encrypted: false,
  dictionaryBytes: 0,
});
const files = [
  { rawPath: 'a', size: 1 },
  { rawPath: 'd/b', size: 2 },
];
const zip: MadeArchive = {
  location: '/a',
  format: 'zip',
  files,
  directoryCount: 1,
  encrypted: false,
};

function faultOf(entries: readonly ListedEntry[], archive: MadeArchive): string | undefined {
  const check = createListingCheck(archive);
  entries.forEach(check.add);
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

t.test('what is to be encrypted must be, but for empty files', async (t) => {
  const secret = { ...zip, directoryCount: 0, encrypted: true };
  const [a, b] = [entry('a', 1), entry('d/b', 2)];
  t.ok(faultOf([{ ...a, encrypted: true }, b], secret));
  t.equal(
    faultOf(
      [a, b].map((one) => ({ ...one, encrypted: true })),
      secret,
    ),
    undefined,
  );
  const empty = { ...secret, files: [{ rawPath: 'e', size: 0 }] };
  t.equal(faultOf([entry('e', 0)], empty), undefined);
});

t.test('what holds one stream must declare its length as far as the format can', async (t) => {
  const single = [{ rawPath: 'a', size: 2 ** 32 + 5 }];
  const of = (format: MadeArchive['format'], declared: number | undefined, tarBytes?: number) =>
    faultOf([entry('x', declared)], {
      ...zip,
      format,
      files: single,
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
  t.ok(faultOf([], { ...zip, format: 'gz', files: single }));
});

t.test('an archive that lacks a file is not passed', async (t) => {
  const { running } = await localJob(t, {});
  const location = join(running.directory, 'a.zip');
  await writeFile(location, zipBytes([{ name: 'a', data: noise(1) }]));
  const made = { ...zip, location, directoryCount: 0, files: files.slice(0, 1) };
  await t.resolves(verifyArchive(running, made));
  await t.rejects(verifyArchive(running, { ...made, files }), failure('processing-failed'));
});

t.test('a wrong bit is found where the job asks for the sums', async (t) => {
  const { running } = await localJob(t, {});
  const location = join(running.directory, 'a.gz');
  const bytes = gzipSync(noise(10_000));
  bytes.writeUInt8(bytes.readUInt8(5_000) ^ 1, 5_000);
  await writeFile(location, bytes);
  const made = { ...zip, location, format: 'gz', files: [{ rawPath: 'a', size: 10_000 }] } as const;
  await t.resolves(verifyArchive(running, made));
  await t.rejects(verifyArchive({ ...running, fullVerify: true }, made), { name: 'SevenZipError' });
});
