import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PublishedResult } from '@comprimemelo/contracts/messages';
import { freshFolder, noise } from '@comprimemelo/testing/folders';
import { testStorage } from '@comprimemelo/testing/storage';
import t, { type Test } from 'tap';
import { Value } from 'typebox/value';
import type { ResultFile } from '../../src/job/running-job.js';
import { storeResults } from '../../src/transfer/store-results.js';

const server = await testStorage();
t.teardown(() => server.stop());
const options = {
  storage: server.client('compressor'),
  signal: new AbortController().signal,
  report: () => undefined,
};
const blobs = server.client('tasks');

async function resultFiles(
  t: Test,
  count: number,
  sizeOf = (at: number) => at * 10_000,
): Promise<ResultFile[]> {
  const folder = await freshFolder(t);
  return Promise.all(
    Array.from({ length: count }, async (_, at) => {
      const location = Buffer.from(join(folder, `${at}`));
      await writeFile(location, noise(sizeOf(at), at));
      const mediaType = 'text/plain';
      return { name: `${at}`, path: `d/${at}`, location, size: sizeOf(at), mediaType };
    }),
  );
}

const contentOf = async (key: string) =>
  Buffer.concat(await (await blobs.get(key)).stream.toArray());

t.test('stores each result under a key of its own and describes it', async (t) => {
  const files = await resultFiles(t, 20);
  const reports: number[] = [];
  const report = (done: number) => reports.push(done);
  const { results, manifest } = await storeResults(files, { ...options, report });
  t.equal(manifest, null);
  t.equal(new Set(results.map(({ blobKey }) => blobKey)).size, 20);
  t.equal(reports.at(-1), 1);
  for (const [at, result] of results.entries()) {
    const bytes = noise(at * 10_000, at);
    t.match(result, {
      name: `${at}`,
      path: `d/${at}`,
      size: bytes.length,
      mediaType: 'text/plain',
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    t.ok(result.blobKey.endsWith(result.id));
    t.strictSame(await contentOf(result.blobKey), bytes);
  }
});

t.test('more results than an event holds are described by a manifest', async (t) => {
  const files = await resultFiles(t, 501, (at) => at % 7);
  const { results, manifest } = await storeResults(files, options);
  t.same(results, []);
  t.equal(manifest?.count, 501);
  const lines = (await contentOf(manifest?.blobKey ?? '')).toString().split('\n');
  t.equal(lines.pop(), '');
  const described = lines.map((line) => Value.Parse(PublishedResult, JSON.parse(line)));
  t.strictSame(
    described.map(({ path }) => path),
    files.map(({ path }) => path),
  );
  for (const at of [0, 6, 500]) {
    t.strictSame(await contentOf(described[at]?.blobKey ?? ''), noise(at % 7, at));
  }
  t.equal((await storeResults(files.slice(1), options)).manifest, null);
});

t.test('without a byte, or without a file', async (t) => {
  const reports: number[] = [];
  const report = (done: number) => reports.push(done);
  const { results } = await storeResults(await resultFiles(t, 2, () => 0), { ...options, report });
  t.equal(results.length, 2);
  t.same(reports, [1, 1]);
  t.same(await storeResults([], options), { results: [], manifest: null });
});

t.test('a file that is not as long as it was is no result', async (t) => {
  for (const length of [5, 100_000]) {
    const [file] = await resultFiles(t, 1, () => length);
    if (file) await t.rejects(storeResults([{ ...file, size: length + 1 }], options), /of d\/0/);
  }
});

t.test('ends only when nothing is on its way any more', async (t) => {
  const files = await resultFiles(t, 30);
  await server.kill();
  await t.rejects(storeResults(files, options), { code: 'unavailable' });
  await t.rejects(
    storeResults(files, { ...options, signal: AbortSignal.abort(new Error('cut')) }),
    {
      message: 'cut',
    },
  );
});
