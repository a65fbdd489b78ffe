import { readFile } from 'node:fs/promises';
import { writtenFormats } from '@comprimemelo/contracts/formats';
import t, { type Test } from 'tap';
import { compress } from '../../src/operations/compress.js';
import { decompress } from '../../src/operations/decompress.js';
import { type Contents, noise } from '../fixtures/folders.js';
import { failure } from '../fixtures/problems.js';
import { type LocalJob, localJob } from '../fixtures/running-job.js';
import { tarBytes } from '../fixtures/tar-bytes.js';
import { zipBytes } from '../fixtures/zip-bytes.js';

async function contentsOf({ running, inputs }: LocalJob): Promise<Contents> {
  const results = await decompress(running, inputs);
  const files = results.map(
    async ({ path, location }) => [path, await readFile(location)] as const,
  );
  return Object.fromEntries(await Promise.all(files));
}

async function archiveOf(t: Test, contents: Contents, format: string): Promise<Buffer> {
  const { running, inputs } = await localJob(t, contents, { format });
  const [result] = await compress(running, inputs);
  return readFile(result?.location ?? '');
}

for (const format of writtenFormats) {
  t.test(`${format}: every byte comes back`, async (t) => {
    const single: Contents = { 'report.pdf': noise(100_000) };
    const several: Contents = { ...single, empty: Buffer.alloc(0), 'ä -': Buffer.from('x') };
    const contents = ['gz', 'bz2', 'xz'].includes(format) ? single : several;
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
  const results = await decompress(running, inputs);
  t.match(
    results.sort((a, b) => a.path.localeCompare(b.path)),
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

t.test('an archive of more files than can be results says what to do instead', async (t) => {
  const entries = Array.from({ length: 1_001 }, (_, at) => ({ name: `${at}` }));
  const { running, inputs } = await localJob(t, { 'a.zip': zipBytes(entries) });
  await t.rejects(decompress(running, inputs), {
    ...failure('archive-too-large'),
    message: /Convert it instead/,
  });
  const fewer = await localJob(t, { 'a.zip': zipBytes(entries.slice(1)) });
  t.equal((await decompress(fewer.running, fewer.inputs)).length, 1_000);
});
