import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { testStorage } from '@comprimemelo/storage-client/testing';
import t, { type Test } from 'tap';
import type { ResultFile } from '../src/running-job.js';
import { storeResults } from '../src/store-results.js';
import { freshFolder, noise } from './fixtures/folders.js';

const server = await testStorage();
t.teardown(() => server.stop());
const options = {
  storage: server.client('compressor'),
  signal: new AbortController().signal,
  report: () => undefined,
};

async function resultFiles(t: Test, count: number): Promise<ResultFile[]> {
  const folder = await freshFolder(t);
  return Promise.all(
    Array.from({ length: count }, async (_, at) => {
      const location = Buffer.from(join(folder, `${at}`));
      await writeFile(location, noise(at * 1_000, at));
      const mediaType = 'text/plain';
      return { name: `${at}`, path: `d/${at}`, location, size: at * 1_000, mediaType };
    }),
  );
}

t.test('stores each result under a key of its own and describes it', async (t) => {
  const files = await resultFiles(t, 20);
  const reports: number[] = [];
  const report = (done: number) => reports.push(done);
  const stored = await storeResults(files, { ...options, report });
  t.equal(new Set(stored.map(({ blobKey }) => blobKey)).size, 20);
  t.equal(reports.at(-1), 1);
  const blobs = server.client('tasks');
  for (const [at, result] of stored.entries()) {
    const bytes = noise(at * 1_000, at);
    t.match(result, {
      ...{ name: `${at}`, path: `d/${at}`, size: bytes.length, mediaType: 'text/plain' },
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    t.ok(result.blobKey.endsWith(result.id));
    const { stream } = await blobs.get(result.blobKey);
    t.strictSame(Buffer.concat(await stream.toArray()), bytes);
  }
});

t.test('a file that is not as long as it was is no result', async (t) => {
  const [file] = await resultFiles(t, 1);
  if (file) await t.rejects(storeResults([{ ...file, size: 5 }], options), { name: 'Error' });
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
