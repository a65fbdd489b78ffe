import { readFile } from 'node:fs/promises';
import { formats, writtenFormats } from '@comprimemelo/contracts/formats';
import { foreignArchives } from '@comprimemelo/testing/archives/foreign-archives';
import { tarBytes } from '@comprimemelo/testing/archives/tar-bytes';
import { zipBytes } from '@comprimemelo/testing/archives/zip-bytes';
import { type Contents, freshFolder, noise } from '@comprimemelo/testing/folders';
import t, { type Test } from 'tap';
import { defaultLimits } from '../../src/job/extraction-limits.js';
import { compress } from '../../src/operations/compress.js';
import { decompress } from '../../src/operations/decompress.js';
import { failure } from '../fixtures/problems.js';
import { type LocalJob, localJob } from '../fixtures/running-job.js';

async function contentsOf({ running, inputs }: LocalJob): Promise<Contents> {
  const made = await decompress(running, inputs);
  const files = made.files.map(
    async ({ path, location }) => [path, await readFile(location)] as const,
  );
  return Object.fromEntries(await Promise.all(files));
}

async function archiveOf(t: Test, contents: Contents, format: string): Promise<Buffer> {
  const { running, inputs } = await localJob(t, contents, { format });
  const [result] = (await compress(running, inputs)).files;
  return readFile(result?.location ?? '');
}

for (const format of writtenFormats) {
  t.test(`${format}: every byte comes back`, async (t) => {
    const single: Contents = { 'report.pdf': noise(100_000) };
    const several: Contents = { ...single, empty: Buffer.alloc(0), 'ä -': Buffer.from('x') };
    const contents = formats[format].singleFile ? single : several;
    const archive = await archiveOf(t, contents, format);
    t.strictSame(
      await contentsOf(await localJob(t, { [`report.pdf.${format}`]: archive })),
      contents,
    );
  });
}

t.test('a result has the name, the path, the size and the media type of its entry', async (t) => {
  const zip = zipBytes([{ name: 'd/inner.tar.gz', data: noise(10) }, { name: 'plain' }]);
  const { running, inputs } = await localJob(t, { 'a.zip': zip });
  const { files } = await decompress(running, inputs);
  t.match(
    [...files].sort((a, b) => a.path.localeCompare(b.path)),
    [
      { name: 'inner.tar.gz', path: 'd/inner.tar.gz', size: 10, mediaType: 'application/gzip' },
      { name: 'plain', path: 'plain', size: 0, mediaType: 'application/octet-stream' },
    ],
  );
});

t.test('two archives keep their entries apart', async (t) => {
  const first = zipBytes([{ name: 'x', data: noise(10) }]);
  const second = tarBytes([{ name: 'x', data: noise(20) }]);
  const job = await localJob(t, { 'a.zip': first, 'b.tar': second });
  t.strictSame(await contentsOf(job), { 'a/x': noise(10), 'b/x': noise(20) });
});

t.test('thousands of entries are results, as many as the limit says', async (t) => {
  const entries = Array.from({ length: 10_000 }, (_, at) => ({ name: `d/${at}` }));
  const many = await localJob(t, { 'a.zip': zipBytes(entries) });
  t.equal((await decompress(many.running, many.inputs)).files.length, 10_000);
  const tooMany = tarBytes(Array.from({ length: 1_001 }, (_, at) => ({ name: `${at}` })));
  const { running, inputs } = await localJob(t, { 'a.tar': tooMany });
  const few = { ...running, limits: { ...defaultLimits, entries: 1_000 } };
  await t.rejects(decompress(few, inputs), failure('archive-too-large'));
});

t.test('what is left out is reported', async (t) => {
  const tar = tarBytes([{ name: 'a' }, { name: 'b', type: '2', link: 'a' }]);
  const { running, inputs } = await localJob(t, { 'a.tar': tar });
  t.match(await decompress(running, inputs), {
    files: [{ path: 'a' }],
    report: [{ lost: 'links', count: 1, entries: ['b'] }],
  });
});

for (const { name, format, members, make } of foreignArchives) {
  t.test(`${format} by ${name}: every byte comes out`, async (t) => {
    const archive = await readFile(await make(await freshFolder(t)));
    const job = await localJob(t, { [`only.${formats[format].extensions[0]}`]: archive });
    const { 'DEBIAN/control': control, ...contents } = await contentsOf(job);
    const expected = members.flatMap(({ path, directory, data }) =>
      directory ? [] : [[path, data ?? Buffer.alloc(0)] as const],
    );
    t.strictSame(contents, Object.fromEntries(expected));
    t.equal(control !== undefined, format === 'deb');
  });
}
