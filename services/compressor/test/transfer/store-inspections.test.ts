import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { blobKeyPattern } from '@comprimemelo/contracts/blob-keys';
import { freshFolder } from '@comprimemelo/testing/folders';
import { testStorage } from '@comprimemelo/testing/storage';
import t from 'tap';
import { defaultLimits } from '../../src/job/extraction-limits.js';
import { createVerdict } from '../../src/safety/verdict.js';
import { storeInspections } from '../../src/transfer/store-inspections.js';

t.test('the entries of each archive become a blob of their own', async (t) => {
  const storage = await testStorage();
  t.teardown(() => storage.stop());
  const folder = await freshFolder(t);
  const summary = createVerdict(10, defaultLimits).summary('zip');
  const inspections = ['first\n', ''].map((lines, input) => ({
    input,
    summary,
    lines,
    location: join(folder, `${input}`),
  }));
  for (const { location, lines } of inspections) await writeFile(location, lines);
  const { signal } = new AbortController();
  const client = storage.client('compressor');
  const stored = await storeInspections(inspections, { storage: client, signal });
  t.match(stored, [
    { input: 0, summary },
    { input: 1, summary },
  ]);
  for (const [at, { blobKey }] of stored.entries()) {
    t.match(blobKey, new RegExp(blobKeyPattern));
    t.match(blobKey, /^inspections\//);
    const { stream } = await storage.client('tasks').get(blobKey);
    t.equal(await text(stream), inspections[at]?.lines);
  }
});
