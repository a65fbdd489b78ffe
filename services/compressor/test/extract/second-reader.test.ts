import { join } from 'node:path';
import { tarBytes } from '@comprimemelo/testing/archives/tar-bytes';
import t, { type Test } from 'tap';
import { listEntries } from '../../src/extract/entry-list.js';
import { checkBySecondReader } from '../../src/extract/second-reader.js';
import type { ArchivePart } from '../../src/open/archive-part.js';
import { containerPart } from '../../src/open/container-part.js';
import { localJob } from '../fixtures/running-job.js';

const some = Buffer.from('some bytes');
const tarOf = (...names: readonly string[]) =>
  tarBytes(names.map((name) => ({ name, data: some })));

/** Checks the list of one archive against what libarchive finds in another. */
async function check(t: Test, first: Buffer, second: Buffer): Promise<void> {
  const { running } = await localJob(t, { first, second });
  const [location, other] = ['first', 'second'].map((name) => join(running.directory, 'in', name));
  const file = { location: `${location}`, type: 'tar' as const, archiveBytes: first.length };
  const part: ArchivePart = { ...containerPart(running, file), secondReader: `${other}` };
  const list = await listEntries(part, 100, () => undefined);
  return checkBySecondReader(running, list);
}

t.test('two lists that agree are no problem', (t) => check(t, tarOf('a', 'b'), tarOf('a', 'b')));

t.test('a file or a byte that only one reader finds ends the task, which says so', async (t) => {
  const bigger = tarBytes([{ name: 'a', data: Buffer.alloc(11) }]);
  for (const [first, second] of [
    [tarOf('a'), tarOf('a', 'b')],
    [tarOf('a', 'b'), tarOf('a')],
    [tarOf('a'), bigger],
  ] as const) {
    const failure = await check(t, first, second).catch((error: unknown) => error);
    t.match(failure, {
      problem: {
        type: '/problems/archive-unreadable-here',
        detail: /^Two readers differ about this archive: one finds \d files? with \d+ bytes/,
      },
    });
  }
});

t.test('hard links are no files, though libarchive shows some as such', async (t) => {
  const bytes = tarBytes([
    { name: 'a', data: some },
    { name: 'b', type: '1', link: 'a', mode: 0o100644 },
    { name: 'c link to d' },
  ]);
  await check(t, bytes, bytes);
});

t.test('devices and pipes are in both lists', async (t) => {
  const specials = ['3', '4', '6'].map((type) => ({ name: type, type }));
  const bytes = tarBytes([{ name: 'a', data: some }, ...specials]);
  await check(t, bytes, bytes);
});

t.test('a list that libarchive does not finish is no evidence', async (t) => {
  await check(t, tarOf('a', 'b'), tarOf('a', 'b').subarray(0, 1_100));
});
