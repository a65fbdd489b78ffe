import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TaskCompleted } from '@comprimemelo/contracts/messages';
import { tarBytes } from '@comprimemelo/testing/archives/tar-bytes';
import { zipBytes } from '@comprimemelo/testing/archives/zip-bytes';
import { freshFolder } from '@comprimemelo/testing/folders';
import t from 'tap';
import { openHostileRig } from '../fixtures/hostile-rig.js';
import { readTarByPython } from '../fixtures/programs/python-readers.js';
import { sha256 } from '../fixtures/read-entries.js';

const data = Buffer.from('odd');

/** A name as its bytes stand in the archive, and the path that it gets: undefined where they are UTF-8. */
type OddName = readonly [bytes: Buffer, path?: string];

const hex = (digits: string) => Buffer.from(digits, 'hex');

const names: Readonly<Record<string, OddName>> = {
  cp437: [hex('816265722e747874'), 'über.txt'],
  'Shift-JIS': [hex('93fa967b8cea2e747874'), '日本語.txt'],
  'broken UTF-8': [hex('61ff62c328'), 'aÿbÃ('],
  'half a character in UTF-8': [hex('eda080'), 'эаА'],
  'UTF-8 that is too long': [hex('c0af41'), '유A'],
  NFD: [Buffer.from('ne\u0301e.txt')],
  NFC: [Buffer.from('n\u00e9e.txt')],
  'right to left': [Buffer.from('\u202etxt.exe')],
  'as long as a name can be': [Buffer.from('n'.repeat(100))],
  'like an option': [Buffer.from('-oout')],
  'like a list': [Buffer.from('@list')],
  pattern: [Buffer.from('*')],
};

const builders = {
  zip: (name: Buffer) => zipBytes([{ name, data }]),
  tar: (name: Buffer) => tarBytes([{ name, data }]),
};

t.test('odd names are shown as text, and their bytes are kept', async (t) => {
  const rig = await openHostileRig(t);
  for (const [what, [name, path = name.toString()]] of Object.entries(names)) {
    const isText = path === name.toString();
    await t.test(what, async (t) => {
      for (const [format, build] of Object.entries(builders)) {
        const archive = { [`a.${format}`]: build(name) };
        const end = (await rig.run(archive)) as TaskCompleted;
        t.strictSame(await rig.contentsOf(t, end), { [path]: data }, format);
        t.equal(end.results[0]?.rawPath, isText ? undefined : name.toString('base64'));
        const lines = [{ lost: 'names', count: 1, entries: [path], detail: /nameEncoding/ }];
        t.match(end.report, isText ? [] : lines, 'a report tells of the encoding');
        t.equal(end.report.length, isText ? 0 : 1);
        const inspected = await rig.inspectionOf(await rig.run(archive, { operation: 'inspect' }));
        t.match(inspected.entries, [{ path }], 'inspect shows the same');
        t.equal(inspected.summary.nameEncoding === null, isText);
        const tar = await rig.run(archive, { operation: 'convert', format: 'tar' });
        const location = join(await freshFolder(t), 'result.tar');
        const [result] = (tar as TaskCompleted).results;
        await writeFile(location, await rig.bench.contentOf(result?.blobKey ?? ''));
        t.match(await readTarByPython(location), [{ path, sha256: sha256(data) }], 'to tar');
      }
    });
  }
  await rig.confirmNoHarm(t);
});

t.test('names that an encoding does not have differ by their bytes', async (t) => {
  const rig = await openHostileRig(t);
  const tar = tarBytes([
    { name: Buffer.of(0xff), data },
    { name: Buffer.of(0xfe), data: Buffer.from('other') },
    { name: '%FF', data: Buffer.from('third') },
  ]);
  const options = { nameEncoding: 'shift_jis' };
  const end = (await rig.run({ 'a.tar': tar }, { options })) as TaskCompleted;
  const contents = { '%FF': 'odd', '%FE': 'other', '%FF (2)': 'third' };
  const read = Object.entries(await rig.contentsOf(t, end));
  t.strictSame(Object.fromEntries(read.map(([path, bytes]) => [path, `${bytes}`])), contents);
  t.strictSame(
    end.results.map(({ rawPath }) => rawPath),
    ['/w==', '/g==', undefined],
  );
  t.match(
    end.report.map(({ lost, count }) => [lost, count]),
    [
      ['names', 2],
      ['names', 1],
    ],
    'the bytes as well as the number that the last got',
  );
  await rig.confirmNoHarm(t);
});
