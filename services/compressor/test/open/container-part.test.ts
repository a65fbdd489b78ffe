import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sevenBytes } from '@comprimemelo/testing/archives/seven-bytes';
import { zipBytes } from '@comprimemelo/testing/archives/zip-bytes';
import t, { type Test } from 'tap';
import { containerPart } from '../../src/open/container-part.js';
import { failure } from '../fixtures/problems.js';
import { localJob } from '../fixtures/running-job.js';

/** Extracts what nobody has judged by what it declares, as if the archive lied, and says how much it is. */
async function extracted(t: Test, type: 'zip' | '7z', archive: Buffer, only?: string[]) {
  const { running } = await localJob(t, {});
  const location = join(running.directory, 'archive');
  await writeFile(location, archive);
  const folder = join(running.directory, 'tree');
  await mkdir(folder);
  const part = containerPart(running, { location, type, archiveBytes: archive.length });
  await part.list(() => undefined);
  const wanted = { leftOut: [], dictionaryBytes: 0, ...(only ? { only } : {}) };
  await part.extractTo(folder, wanted, () => undefined);
  return (await readdir(folder)).length;
}

t.test('bytes are counted as they come out, whatever was declared', async (t) => {
  const data = Buffer.alloc(9_000_000);
  const zipOf = (count: number) => {
    const entries = Array.from({ length: count }, (_, at) => ({ name: `${at}`, data }));
    return zipBytes(entries, { overlapping: true });
  };
  t.equal(await extracted(t, 'zip', zipOf(5)), 5);
  await t.rejects(extracted(t, 'zip', zipOf(150)), failure('archive-too-large'));
});

t.test('and so are files and directories', async (t) => {
  const folder = { name: 'd/', mode: 0o40755 };
  const zip = zipBytes(Array<typeof folder>(400_000).fill(folder));
  await t.rejects(extracted(t, 'zip', zip), failure('archive-too-large'));
});

t.test(
  'as many entries as may be, with long names, are held in the memory that is given',
  async (t) => {
    const long = `${'d'.repeat(100)}/${'e'.repeat(100)}/`;
    const entries = Array.from({ length: 100_000 }, (_, at) => ({ name: `${long}${at}` }));
    const seven = sevenBytes([...entries, { name: 'one' }]);
    t.equal(await extracted(t, '7z', seven, ['one']), 1);
  },
);
