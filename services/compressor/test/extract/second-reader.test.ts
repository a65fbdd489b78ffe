import { join } from 'node:path';
import { tarBytes } from '@comprimemelo/testing/archives/tar-bytes';
import t, { type Test } from 'tap';
import { listEntries } from '../../src/extract/entry-list.js';
import { inspectArchive } from '../../src/extract/inspect-archive.js';
import { differenceBySecondReader } from '../../src/extract/second-reader.js';
import type { ArchivePart } from '../../src/open/archive-part.js';
import { containerPart } from '../../src/open/container-part.js';
import { localJob } from '../fixtures/running-job.js';

const some = Buffer.from('some bytes');
const tarOf = (...names: readonly string[]) =>
  tarBytes(names.map((name) => ({ name, data: some })));

/** A part that is one archive, with another beside it for the second reader. */
async function besides(t: Test, first: Buffer, second: Buffer) {
  const { running } = await localJob(t, { first, second });
  const [location, other] = ['first', 'second'].map((name) => join(running.directory, 'in', name));
  const file = { location: `${location}`, type: 'tar' as const, archiveBytes: first.length };
  const part: ArchivePart = { ...containerPart(running, file), secondReader: `${other}` };
  return { running, part };
}

/** What libarchive finds otherwise in the second than the list of the first says. */
async function difference(t: Test, first: Buffer, second: Buffer) {
  const { running, part } = await besides(t, first, second);
  return differenceBySecondReader(running, await listEntries(part, 100, () => undefined));
}

const differing = {
  problem: {
    type: '/problems/archive-unreadable-here',
    detail: /^Two readers differ about this archive: one finds \d files? with \d+ bytes/,
  },
};

t.test('two lists that agree are no problem', async (t) => {
  t.equal(await difference(t, tarOf('a', 'b'), tarOf('a', 'b')), undefined);
});

t.test('a file or a byte that only one reader finds is told', async (t) => {
  const bigger = tarBytes([{ name: 'a', data: Buffer.alloc(11) }]);
  for (const [first, second] of [
    [tarOf('a'), tarOf('a', 'b')],
    [tarOf('a', 'b'), tarOf('a')],
    [tarOf('a'), bigger],
  ] as const) {
    t.match(await difference(t, first, second), differing);
  }
});

t.test('hard links are no files, though libarchive shows some as such', async (t) => {
  const bytes = tarBytes([
    { name: 'a', data: some },
    { name: 'b', type: '1', link: 'a', mode: 0o100644 },
    { name: 'c link to d' },
  ]);
  t.equal(await difference(t, bytes, bytes), undefined);
});

t.test('devices and pipes are in both lists', async (t) => {
  const specials = ['3', '4', '6'].map((type) => ({ name: type, type }));
  const bytes = tarBytes([{ name: 'a', data: some }, ...specials]);
  t.equal(await difference(t, bytes, bytes), undefined);
});

t.test('a list that libarchive does not finish is no evidence', async (t) => {
  const cut = tarOf('a', 'b').subarray(0, 1_100);
  t.equal(await difference(t, tarOf('a', 'b'), cut), undefined);
});

t.test('inspect foretells it', async (t) => {
  for (const [second, refused] of [
    [tarOf('a'), null],
    [tarOf('a', 'b'), differing.problem.type],
  ] as const) {
    const { running, part } = await besides(t, tarOf('a'), second);
    const close = async () => undefined;
    const archive = { format: 'tar', parts: [part], unwrapped: false, close } as const;
    const summary = await inspectArchive(archive, {
      ...{ archiveBytes: 10_240, limits: running.limits, hasPassword: false },
      nameEncoding: undefined,
      location: join(running.directory, 'entries'),
      progress: () => undefined,
      differenceOf: (list) => differenceBySecondReader(running, list),
    });
    t.match(summary, { entries: 1, refused });
    if (refused) t.match(summary, { refusedDetail: differing.problem.detail });
  }
});
