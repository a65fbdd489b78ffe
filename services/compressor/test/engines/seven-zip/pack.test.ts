import { join } from 'node:path';
import { formats, writtenFormats } from '@comprimemelo/contracts/formats';
import { levels } from '@comprimemelo/contracts/states';
import { awkwardNames } from '@comprimemelo/testing/archives/awkward-names';
import { type Contents, noise } from '@comprimemelo/testing/folders';
import t from 'tap';
import { containers } from '../../../src/engines/seven-zip/container.js';
import { pack } from '../../../src/engines/seven-zip/pack.js';
import { openSevenZip } from '../../../src/engines/seven-zip/seven-zip.js';
import { entriesOf } from '../../fixtures/entries-of.js';
import { filesToPack, packFiles, packSource } from '../../fixtures/pack-files.js';
import { readWithLibarchive } from '../../fixtures/programs/other-readers.js';
import { goneInASecond, sevenZipsIn, untilWorking } from '../../fixtures/programs/processes.js';

const sevenZip = await openSevenZip();

const some: Contents = {
  'a text.txt': Buffer.from('all the same, '.repeat(50_000)),
  'noise.bin': noise(300_000),
  empty: Buffer.alloc(0),
  one: Buffer.from('1'),
};
const single: Contents = { 'a text.txt': Buffer.concat(Object.values(some)) };

for (const format of writtenFormats) {
  const contents = formats[format].singleFile ? single : some;
  t.test(`${format}: another program reads every byte back`, async (t) => {
    const { folder, options } = await filesToPack(t, contents, format);
    await packFiles(sevenZip, contents, options);
    const read = await readWithLibarchive(options.archive, {
      format,
      folder: join(folder, 'out'),
      name: 'a text.txt',
    });
    t.strictSame(read, contents);
  });

  t.test(`${format}: every level makes an archive`, async (t) => {
    for (const level of levels) {
      const contents = { a: noise(50_000) };
      const { options } = await filesToPack(t, contents, format);
      await packFiles(sevenZip, contents, { ...options, level });
      const { type } = containers[format];
      t.equal((await entriesOf(sevenZip, options.archive, type)).length, 1, level);
    }
  });
}

for (const format of ['zip', '7z', 'tar'] as const) {
  t.test(`${format}: names are listed as they are`, async (t) => {
    const contents = Object.fromEntries(awkwardNames.map((name) => [name, Buffer.from(name)]));
    const { options } = await filesToPack(t, contents, format);
    await packFiles(sevenZip, contents, options);
    const entries = await entriesOf(sevenZip, options.archive, format);
    t.strictSame(
      entries.map(({ rawPath }) => Buffer.from(rawPath, 'latin1').toString()).sort(),
      [...awkwardNames].sort(),
    );
  });
}

for (const format of writtenFormats.filter((one) => !formats[one].singleFile)) {
  t.test(`${format}: names come from the disk as they are`, async (t) => {
    const contents = Object.fromEntries(awkwardNames.map((name) => [name, Buffer.from(name)]));
    const { folder, options } = await filesToPack(t, contents, format);
    await packFiles(sevenZip, contents, options);
    const out = join(folder, 'out');
    const read = await readWithLibarchive(options.archive, { format, folder: out, name: '' });
    t.strictSame(
      read,
      Object.fromEntries(awkwardNames.map((name) => [name.normalize('NFC'), Buffer.from(name)])),
    );
  });
}

t.test('zip and 7z are encrypted by a password that is on no command line', async (t) => {
  for (const format of ['zip', '7z'] as const) {
    const { options } = await filesToPack(t, { a: noise(50_000) }, format);
    await pack(sevenZip, { ...options, password: 'p w"-x' });
    const entries = await entriesOf(sevenZip, options.archive, format);
    t.match(entries, [{ rawPath: 'a', size: 50_000, encrypted: true }], format);
  }
});

t.test('a 7z can hide its names', async (t) => {
  const { options } = await filesToPack(t, { a: noise(50_000) }, '7z');
  await pack(sevenZip, { ...options, password: 'secret', encryptNames: true });
  const refused = { name: 'SevenZipError', message: /Break signaled/ };
  await t.rejects(entriesOf(sevenZip, options.archive, '7z'), refused);
  const wrong = entriesOf(sevenZip, options.archive, '7z', 'other');
  await t.rejects(wrong, { name: 'SevenZipError', message: /Wrong password/ });
  t.match(await entriesOf(sevenZip, options.archive, '7z', 'secret'), [{ rawPath: 'a' }]);
});

t.test('percents rise', async (t) => {
  const percents: number[] = [];
  const { options } = await filesToPack(t, { noise: noise(4 * 1024 * 1024) }, '7z');
  const onPercent = (percent: number) => percents.push(percent);
  await pack(sevenZip, { ...options, level: 'best', onPercent });
  t.ok(percents.length > 1, `${percents}`);
  t.strictSame(
    percents,
    [...percents].sort((a, b) => a - b),
  );
});

t.test('what a tar fails with is what packing fails with', async (t) => {
  const failing = async function* () {
    yield noise(100_000);
    throw new Error('no more');
  };
  for (const format of ['tar', 'tar.gz', 'tar.xz', 'tar.zst'] as const) {
    const { folder, options } = await filesToPack(t, {}, format);
    await t.rejects(packSource(sevenZip, failing(), options), { message: 'no more' }, format);
    t.strictSame(await sevenZipsIn(folder), []);
  }
});

const endless: Contents = { noise: noise(16 * 1024 * 1024) };

for (const format of ['zip', '7z', 'tar.xz'] as const) {
  t.test(`${format}: a 7-Zip that is killed on its way is a failure`, async (t) => {
    const { folder, options } = await filesToPack(t, endless, format);
    const packing = packFiles(sevenZip, endless, { ...options, level: 'best' });
    packing.catch(() => undefined);
    const pids = await untilWorking(folder, 1);
    process.kill(pids.at(-1) ?? 0, 'SIGKILL');
    await t.rejects(packing, { name: 'SevenZipError', transient: true });
    t.strictSame(await sevenZipsIn(folder), []);
  });

  t.test(`${format}: an aborted signal ends it within a second`, async (t) => {
    const controller = new AbortController();
    const { folder, options } = await filesToPack(t, endless, format);
    const { signal } = controller;
    const packing = packFiles(sevenZip, endless, { ...options, level: 'best', signal });
    packing.catch(() => undefined);
    await untilWorking(folder, 1);
    controller.abort(new Error('cancelled'));
    t.ok(await goneInASecond(folder));
    await t.rejects(packing, { message: 'cancelled' });
  });
}

t.test('an archive that cannot be written is a failure', async (t) => {
  for (const [format, reason] of [
    ['zip', { name: 'SevenZipError' }],
    ['tar.gz', { code: 'ENOENT' }],
  ] as const) {
    const { options } = await filesToPack(t, some, format);
    const archive = `/proc/nowhere/archive.${format}`;
    const packing = packFiles(sevenZip, some, { ...options, archive });
    await t.rejects(packing, reason, format);
  }
});
