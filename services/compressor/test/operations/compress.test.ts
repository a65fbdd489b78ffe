import { join } from 'node:path';
import { formats, writtenFormats } from '@comprimemelo/contracts/formats';
import t from 'tap';
import { compress } from '../../src/operations/compress.js';
import { type Contents, noise } from '../fixtures/folders.js';
import { readWithLibarchive } from '../fixtures/other-readers.js';
import { failure } from '../fixtures/problems.js';
import { localJob } from '../fixtures/running-job.js';

const one: Contents = { 'one file.txt': noise(100_000) };
const three: Contents = { ...one, empty: Buffer.alloc(0), ä: Buffer.from('x') };

for (const format of writtenFormats) {
  const { singleFile, mediaType } = formats[format];
  for (const contents of singleFile ? [one] : [one, three]) {
    const count = Object.keys(contents).length;
    t.test(`${format} of ${count}: the result is verified and holds every byte`, async (t) => {
      const { running, inputs } = await localJob(t, contents, { format, resultName: 'my result' });
      const [result, ...more] = await compress({ ...running, fullVerify: true }, inputs);
      t.match(result, { name: 'my result', path: 'my result', mediaType });
      t.strictSame(more, []);
      const read = await readWithLibarchive(`${result?.location}`, {
        format,
        folder: join(running.directory, 'read'),
        name: 'one file.txt',
      });
      t.strictSame(read, contents);
    });
  }
}

t.test('what cannot be written fails at once', async (t) => {
  for (const format of ['rar', 'constructor', null]) {
    const { running, inputs } = await localJob(t, one, { format });
    await t.rejects(compress(running, inputs), failure('unsupported-format'));
  }
  const { running, inputs } = await localJob(t, three, { format: 'gz' });
  await t.rejects(compress(running, inputs), failure('single-file-format'));
});
