import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sevenBytes } from '@comprimemelo/testing/archives/seven-bytes';
import { tarBytes } from '@comprimemelo/testing/archives/tar-bytes';
import { zipBytes } from '@comprimemelo/testing/archives/zip-bytes';
import { noise } from '@comprimemelo/testing/folders';
import t, { type Test } from 'tap';
import type { ListedEntry } from '../../src/engines/entry.js';
import { containerPart } from '../../src/open/container-part.js';
import { failure } from '../fixtures/problems.js';
import { sevenZipsIn } from '../fixtures/programs/processes.js';
import { localJob } from '../fixtures/running-job.js';

type Type = 'zip' | '7z' | 'tar';

async function opened(t: Test, type: Type, archive: Buffer) {
  const { running } = await localJob(t, {});
  const location = join(running.directory, 'archive');
  await writeFile(location, archive);
  const part = containerPart(running, { location, type, archiveBytes: archive.length });
  const entries = new Map<number, ListedEntry>();
  await part.list((some) => {
    for (const entry of some) entries.set(entries.size, entry);
  });
  return { part, entries, running };
}

/** Reads what nobody has judged by what it declares, as if the archive lied: sizes by places. */
async function read(t: Test, type: Type, archive: Buffer, isWanted = (_: ListedEntry) => true) {
  const { part, entries, running } = await opened(t, type, archive);
  const has = (index: number) => isWanted(entries.get(index) as ListedEntry);
  const sizes: [number, number][] = [];
  for await (const { index, bytes } of part.read({ entries, complete: true, has }, () => 0)) {
    let size = 0;
    for await (const piece of bytes()) size += piece.length;
    sizes.push([index, size]);
  }
  t.strictSame(await readdir(running.directory), ['archive', 'in'], 'no list is left');
  return sizes;
}

t.test('reads what is wanted, by its place and not by its name', async (t) => {
  const entries = [
    { name: 'a', data: noise(3) },
    { name: 'b', data: noise(70_000) },
    { name: 'a', data: noise(5) },
    { name: 'd/e', data: noise(6) },
  ];
  for (const [type, archive] of [
    ['zip', zipBytes(entries)],
    ['7z', sevenBytes(entries)],
    ['tar', tarBytes(entries)],
  ] as const) {
    const whole = [3, 70_000, 5, 6].map((size, index) => [index, size]);
    t.strictSame(await read(t, type, archive), whole, type);
    const some = await read(t, type, archive, ({ size }) => size === 5 || size === 6);
    t.strictSame(some, whole.slice(2), type);
    t.strictSame(await read(t, type, archive, () => false), [], type);
  }
});

t.test('no more bytes come out of an entry than are listed', async (t) => {
  const data = Buffer.alloc(120_000_000);
  const lying = zipBytes([{ name: 'a', data, declaredSize: 1_000 }, { name: 'b' }]);
  const { part, entries, running } = await opened(t, 'zip', lying);
  let size = 0;
  const reading = async () => {
    const wanted = { entries, complete: true, has: () => true };
    for await (const { bytes } of part.read(wanted, () => 0)) {
      for await (const piece of bytes()) size += piece.length;
    }
  };
  await t.rejects(reading(), failure('archive-corrupt'));
  t.ok(size <= 1_000, `${size}`);
  t.strictSame(await sevenZipsIn(running.directory), []);
});

t.test(
  'as many entries as may be, with long names, are held in the memory that is given',
  async (t) => {
    const long = `${'d'.repeat(100)}/${'e'.repeat(100)}/`;
    const entries = Array.from({ length: 100_000 }, (_, at) => ({ name: `${long}${at}` }));
    const seven = sevenBytes([...entries, { name: 'one' }]);
    const only = await read(t, '7z', seven, ({ rawPath }) => rawPath === 'one');
    t.strictSame(only, [[100_000, 0]]);
  },
);
