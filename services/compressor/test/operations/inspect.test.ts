import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ArchiveEntry } from '@comprimemelo/contracts/archive';
import { foreignArchives } from '@comprimemelo/testing/archives/foreign-archives';
import { tarBytes } from '@comprimemelo/testing/archives/tar-bytes';
import { zipBytes } from '@comprimemelo/testing/archives/zip-bytes';
import { type Contents, freshFolder, noise } from '@comprimemelo/testing/folders';
import t, { type Test } from 'tap';
import { Value } from 'typebox/value';
import { defaultLimits } from '../../src/job/extraction-limits.js';
import { compress } from '../../src/operations/compress.js';
import { inspect } from '../../src/operations/inspect.js';
import { failure } from '../fixtures/problems.js';
import { localJob } from '../fixtures/running-job.js';

/** Each archive's summary and entries. */
async function inspected(t: Test, contents: Contents, password?: string, limits = defaultLimits) {
  const { running: usual, inputs } = await localJob(t, contents);
  const running = { ...usual, limits };
  const secret = password === undefined ? {} : { password };
  const { inspections = [], files } = await inspect({ ...running, ...secret }, inputs);
  t.strictSame(files, []);
  const kept = inspections.map((_, at) => `entries-${at}.ndjson`);
  t.strictSame((await readdir(running.directory)).sort(), [...kept, 'in']);
  const read = inspections.map(async ({ location, summary, input }) => {
    const lines = (await readFile(location, 'utf8')).split('\n').slice(0, -1);
    return {
      input,
      summary,
      entries: lines.map((line) => Value.Parse(ArchiveEntry, JSON.parse(line))),
    };
  });
  return Promise.all(read);
}

t.test('tells what is in an archive, dangerous or not', async (t) => {
  const [zip, tar, gz] = await inspected(t, {
    'a.zip': zipBytes([
      { name: '../up', data: noise(10) },
      { name: 'b/', mode: 0o40755 },
    ]),
    'b.tgz': gzipSync(
      tarBytes([
        { name: 'link', type: '2', link: '/etc' },
        { name: 'pipe', type: '6' },
      ]),
    ),
    'c.gz': gzipSync(noise(100)),
  });
  t.match(zip, {
    input: 0,
    summary: {
      format: 'zip',
      entries: 2,
      size: 10,
      encrypted: false,
      passwordRequired: false,
      dangers: [{ danger: 'traversal', count: 1 }],
      refused: '/problems/unsafe-entry',
    },
    entries: [
      { path: '../up', kind: 'file', size: 10, danger: 'traversal' },
      { path: 'b', kind: 'directory', danger: null },
    ],
  });
  t.match(tar, {
    input: 1,
    summary: { format: 'tar.gz', entries: 2, refused: null },
    entries: [
      { path: 'link', kind: 'link', danger: 'link', modified: '1970-01-01T00:00:00.000Z' },
      { path: 'pipe', kind: 'special', danger: 'special' },
    ],
  });
  t.match(gz, {
    summary: { format: 'gz', entries: 1, size: 100 },
    entries: [{ path: 'c', size: 100, packedSize: null }],
  });
});

t.test('the declared ratio, and what is refused for it', async (t) => {
  // A little more than what comes out of any archive, by what the header says.
  const declaredSize = 1_100_000_000;
  const zip = zipBytes([{ name: 'a', data: Buffer.alloc(1_000_000), declaredSize }]);
  const [bomb] = await inspected(t, { 'a.zip': zip });
  t.match(bomb?.summary, {
    size: declaredSize,
    packedSize: zip.length,
    refused: '/problems/archive-too-large',
  });
  t.ok((bomb?.summary.ratio ?? 0) > 100);
});

t.test('whether a password is needed, for the entries or even for their names', async (t) => {
  const archiveOf = async (encryptNames: boolean) => {
    const options = { encryptNames };
    const { running, inputs } = await localJob(t, { a: noise(9) }, { format: '7z', options });
    const { files } = await compress({ ...running, password: 'secret' }, inputs);
    return readFile(`${files[0]?.location}`);
  };
  const contents = { 'a.7z': await archiveOf(false), 'b.7z': await archiveOf(true) };
  const refused = '/problems/password-required';
  t.match(await inspected(t, contents), [
    {
      summary: { encrypted: true, passwordRequired: false, refused },
      entries: [{ encrypted: true }],
    },
    { summary: { encrypted: true, passwordRequired: true, refused, entries: 0 }, entries: [] },
  ]);
  t.match(await inspected(t, contents, 'secret'), [
    { summary: { encrypted: true, passwordRequired: false, refused: null } },
    { summary: { passwordRequired: false, refused: null }, entries: [{ path: 'a' }] },
  ]);
  await t.rejects(inspected(t, contents, 'other'), failure('password-wrong'));
});

t.test("an archive's comment cannot look like entries", async (t) => {
  const comment = 'x\n}\n\n----------\nPath = fake\nSize = 1\n\n';
  const zip = zipBytes([{ name: 'true', comment }], { comment });
  const [archive] = await inspected(t, { 'a.zip': zip });
  t.match(archive, { summary: { entries: 1 }, entries: [{ path: 'true' }] });
  t.equal(archive?.entries.length, 1);
});

t.test('more entries than are extracted are listed still', async (t) => {
  const names = Array.from({ length: 1_001 }, (_, at) => ({ name: `${at}` }));
  const limits = { ...defaultLimits, entries: 1_000 };
  const [archive] = await inspected(t, { 'a.tar': tarBytes(names) }, undefined, limits);
  t.match(archive?.summary, { entries: 1_001, refused: '/problems/archive-too-large' });
  t.equal(archive?.entries.length, 1_001);
});

for (const { name, format, members, make } of foreignArchives) {
  t.test(`${format} by ${name}`, async (t) => {
    const [archive] = await inspected(t, {
      only: await readFile(await make(await freshFolder(t))),
    });
    t.match(archive?.summary, { format, dangers: [], refused: null });
    const paths = new Set(archive?.entries.map(({ path }) => join('/', path)));
    for (const { path } of members) t.ok(paths.has(join('/', path)), path);
  });
}

t.test('says what cannot be read', async (t) => {
  const { running, inputs } = await localJob(t, { 'a.zip': noise(100) });
  await t.rejects(inspect(running, inputs), failure('archive-corrupt'));
});
