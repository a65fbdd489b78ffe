import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { formats, type WrittenFormat, writtenFormats } from '@comprimemelo/contracts/formats';
import { tarBytes } from '@comprimemelo/testing/archives/tar-bytes';
import { zipBytes } from '@comprimemelo/testing/archives/zip-bytes';
import { type Contents, noise } from '@comprimemelo/testing/folders';
import t, { type Test } from 'tap';
import { convert } from '../../src/operations/convert.js';
import { entriesOf } from '../fixtures/entries-of.js';
import { readWithLibarchive } from '../fixtures/programs/other-readers.js';
import { localJob } from '../fixtures/running-job.js';

const trees = writtenFormats.filter((one) => !formats[one].singleFile);

const zipOf = (contents: Contents) =>
  zipBytes(Object.entries(contents).map(([name, data]) => ({ name, data })));

/** Converts and lets another program read the result. */
async function converted(t: Test, contents: Contents, format: WrittenFormat) {
  const { running, inputs } = await localJob(t, contents, { format });
  const { files, report } = await convert({ ...running, fullVerify: true }, inputs);
  const location = `${files[0]?.location}`;
  const folder = join(running.directory, 'read');
  const read = await readWithLibarchive(location, { format, folder, name: 'only' });
  return { read, report, folder, location };
}

const time = 1_600_000_000;
const kept = () =>
  tarBytes([
    { name: 'd', type: '5', mode: 0o755, time },
    { name: 'd/run', mode: 0o755, data: noise(10), time },
    { name: 'd/text', mode: 0o640, data: noise(20), time },
    { name: 'd/empty', type: '5', mode: 0o700, time },
  ]);

for (const format of trees) {
  t.test(`${format} keeps times, permissions and empty directories`, async (t) => {
    const { folder } = await converted(t, { 'a.tar': kept() }, format);
    for (const [path, mode] of [
      ['d/run', 0o755] as const,
      ['d/text', 0o640] as const,
      ['d/empty', 0o700] as const,
      ['d', 0o755] as const,
    ]) {
      const stats = await stat(join(folder, path));
      t.equal(stats.mode & 0o777, mode, path);
      t.equal(stats.mtimeMs / 1_000, time, path);
    }
    t.strictSame(await readdir(join(folder, 'd', 'empty')), []);
  });

  t.test(`${format} has names that were no UTF-8 in UTF-8`, async (t) => {
    const names = ['\x93\xfa\x96{\x8c\xea.txt', '\x83e\x83X\x83g.txt', '\xc3\xa9'];
    const tar = tarBytes(names.map((name) => ({ name: Buffer.from(name, 'latin1') })));
    const { read, report } = await converted(t, { 'a.tar': tar }, format);
    t.strictSame(Object.keys(read).sort(), ['日本語.txt', 'テスト.txt', 'é'].sort());
    t.match(report, [{ lost: 'names', count: 2, detail: /shift_jis/i }]);
  });
}

t.test('what a single file does not have of its entry is reported', async (t) => {
  for (const [format, losses] of [
    ['gz', ['modes', 'directories']],
    ['xz', ['modes', 'names', 'times', 'directories']],
  ] as const) {
    const tar = tarBytes([
      { name: 'd', type: '5' },
      { name: 'd/run', mode: 0o755, data: noise(9), time },
    ]);
    const { read, report } = await converted(t, { 'a.tar': tar }, format);
    t.strictSame(Object.values(read), [noise(9)]);
    t.strictSame(
      report?.map(({ lost }) => lost),
      losses,
    );
  }
});

t.test(
  'symbolic links that stay inside are kept by zip and tar, and reported by 7z; hard links are files',
  async (t) => {
    const tar = tarBytes([
      { name: 'a' },
      { name: 'b', type: '2', link: 'a' },
      { name: 'c', type: '1', link: 'a' },
    ]);
    for (const format of trees) {
      const { read, report, folder } = await converted(t, { 'a.tar': tar }, format);
      const isSeven = format === '7z';
      t.strictSame(read, { a: Buffer.alloc(0), c: Buffer.alloc(0) });
      if (!isSeven) t.equal(await readlink(join(folder, 'b')), 'a');
      t.strictSame(
        report?.map(({ lost, count, entries }) => [lost, count, ...entries]),
        isSeven ? [['links', 1, 'b']] : [],
      );
    }
  },
);

t.test('several archives each become a folder of their name', async (t) => {
  const contents = { 'a.zip': zipOf({ x: noise(10) }), 'A.tgz': zipOf({ x: noise(20) }) };
  const { read } = await converted(t, contents, 'tar');
  t.strictSame(read, { 'a/x': noise(10), 'A (2)/x': noise(20) });
});

t.test('the entries that are asked for alone', async (t) => {
  const zip = zipOf({ 'd/a': noise(1), 'd/b': noise(2), c: noise(3) });
  const options = { entries: ['d/b', 'c'] };
  const { running, inputs } = await localJob(t, { 'a.zip': zip }, { format: 'tar', options });
  const { files } = await convert(running, inputs);
  const listed = await entriesOf(running.sevenZip, `${files[0]?.location}`, 'tar');
  t.strictSame(listed.map(({ path }) => path).sort(), ['c', 'd/b']);
});

t.test('a password opens what comes in and closes what goes out', async (t) => {
  const password = 'pa ss"word';
  const { running, inputs } = await localJob(
    t,
    { 'a.zip': zipOf({ a: noise(9) }) },
    { format: '7z' },
  );
  const { files } = await convert({ ...running, password }, inputs);
  const seven = await readFile(`${files[0]?.location}`);
  const again = await localJob(t, { 'a.7z': seven }, { format: 'zip', operation: 'convert' });
  const second = await convert({ ...again.running, password }, again.inputs);
  const listed = await entriesOf(running.sevenZip, `${second.files[0]?.location}`, 'zip');
  t.match(listed, [{ path: 'a', encrypted: true }]);
  const open = await localJob(t, { 'a.7z': seven }, { format: 'tar', operation: 'convert' });
  t.match(await convert({ ...open.running, password }, open.inputs), { files: [{}] });
});
