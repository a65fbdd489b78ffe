import { join } from 'node:path';
import { writtenFormats } from '@comprimemelo/contracts/formats';
import t from 'tap';
import { convert } from '../../src/operations/convert.js';
import { type Contents, noise } from '../fixtures/folders.js';
import { readWithLibarchive } from '../fixtures/other-readers.js';
import { failure } from '../fixtures/problems.js';
import { localJob } from '../fixtures/running-job.js';
import { zipBytes } from '../fixtures/zip-bytes.js';

const entries: Contents = {
  'd/e/ä.bin': noise(50_000),
  'd/-dash': Buffer.from('x'),
  top: Buffer.alloc(0),
};
const zipOf = (contents: Contents) =>
  zipBytes(Object.entries(contents).map(([name, data]) => ({ name, data })));

for (const format of writtenFormats.filter((one) => !['gz', 'bz2', 'xz'].includes(one))) {
  t.test(`a zip to ${format}: entries keep their paths and bytes`, async (t) => {
    const { running, inputs } = await localJob(t, { 'a.zip': zipOf(entries) }, { format });
    const [result] = await convert(running, inputs);
    const folder = join(running.directory, 'read');
    const read = await readWithLibarchive(`${result?.location}`, { format, folder, name: '' });
    t.strictSame(read, entries);
  });
}

t.test('several archives each become a folder of their name', async (t) => {
  const contents = { 'a.zip': zipOf({ x: noise(10) }), 'A.tgz': zipOf({ x: noise(20) }) };
  const { running, inputs } = await localJob(t, contents, { format: 'tar' });
  const [result] = await convert(running, inputs);
  const folder = join(running.directory, 'read');
  const read = await readWithLibarchive(`${result?.location}`, { format: 'tar', folder, name: '' });
  t.strictSame(read, { 'a/x': noise(10), 'A (2)/x': noise(20) });
});

t.test('a single entry becomes a gz, bz2 or xz; several cannot', async (t) => {
  for (const format of ['gz', 'bz2', 'xz'] as const) {
    const zip = zipOf({ 'd/e/-only.txt': noise(1_000) });
    const { running, inputs } = await localJob(t, { 'a.zip': zip }, { format });
    const [result] = await convert({ ...running, fullVerify: true }, inputs);
    const options = { format, folder: '', name: 'only' };
    const read = await readWithLibarchive(`${result?.location}`, options);
    t.strictSame(read, { only: noise(1_000) });
  }
  const { running, inputs } = await localJob(t, { 'a.zip': zipOf(entries) }, { format: 'gz' });
  await t.rejects(convert(running, inputs), failure('single-file-format'));
});
