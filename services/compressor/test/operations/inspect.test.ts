import { readdir } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import t from 'tap';
import { inspect } from '../../src/operations/inspect.js';
import { noise } from '../fixtures/folders.js';
import { failure } from '../fixtures/problems.js';
import { localJob } from '../fixtures/running-job.js';
import { tarBytes } from '../fixtures/tar-bytes.js';
import { zipBytes } from '../fixtures/zip-bytes.js';

t.test('completes without a result and leaves nothing unpacked, dangerous or not', async (t) => {
  const contents = {
    'a.zip': zipBytes([{ name: '../up' }]),
    'b.tgz': gzipSync(tarBytes([{ name: 'link', type: '2', link: '/etc' }])),
    'c.gz': gzipSync(noise(100)),
  };
  const { running, inputs } = await localJob(t, contents);
  t.strictSame(await inspect(running, inputs), []);
  t.strictSame(await readdir(running.directory), ['in']);
});

t.test('says what cannot be read', async (t) => {
  const { running, inputs } = await localJob(t, { 'a.zip': noise(100) });
  await t.rejects(inspect(running, inputs), failure('archive-corrupt'));
});
