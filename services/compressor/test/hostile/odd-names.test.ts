import type { TaskCompleted } from '@comprimemelo/contracts/messages';
import { tarBytes } from '@comprimemelo/testing/archives/tar-bytes';
import { zipBytes } from '@comprimemelo/testing/archives/zip-bytes';
import t from 'tap';
import { openHostileRig } from '../fixtures/hostile-rig.js';

const data = Buffer.from('odd');

/** Names as their bytes stand in the archive. */
const names: Readonly<Record<string, Buffer>> = {
  'cp437: über.txt': Buffer.from('816265722e747874', 'hex'),
  'Shift-JIS: 日本語.txt': Buffer.from('93fa967b8cea2e747874', 'hex'),
  'broken UTF-8': Buffer.from('61ff62c328', 'hex'),
  'half a character in UTF-8': Buffer.from('eda080', 'hex'),
  'UTF-8 that is too long': Buffer.from('c0af41', 'hex'),
  NFD: Buffer.from('ne\u0301e.txt'),
  NFC: Buffer.from('n\u00e9e.txt'),
  'right to left': Buffer.from('\u202etxt.exe'),
  'as long as a name can be': Buffer.from('n'.repeat(100)),
  'like an option': Buffer.from('-oout'),
  'like a list': Buffer.from('@list'),
  pattern: Buffer.from('*'),
};

const builders = {
  zip: (name: Buffer) => zipBytes([{ name, data }]),
  tar: (name: Buffer) => tarBytes([{ name, data }]),
};

t.test('odd names are kept to the byte, and shown as text', async (t) => {
  const rig = await openHostileRig(t);
  for (const [what, name] of Object.entries(names)) {
    await t.test(what, async (t) => {
      for (const [format, build] of Object.entries(builders)) {
        const archive = { [`a.${format}`]: build(name) };
        const end = await rig.run(archive);
        t.strictSame(await rig.contentsOf(t, end), { [name.toString()]: data }, format);
        const tar = await rig.run(archive, { operation: 'convert', format: 'tar' });
        const [result] = (tar as TaskCompleted).results;
        const bytes = await rig.bench.contentOf(result?.blobKey ?? '');
        t.strictSame(bytes.subarray(0, name.length), name, `${format} to tar`);
      }
    });
  }
  await rig.confirmNoHarm(t);
});

t.test('names that are equal as text are two entries', async (t) => {
  const rig = await openHostileRig(t);
  const tar = tarBytes([
    { name: Buffer.of(0xff), data },
    { name: Buffer.of(0xfe), data: Buffer.from('other') },
  ]);
  const { results } = (await rig.run({ 'a.tar': tar })) as TaskCompleted;
  const contents = await Promise.all(results.map(({ blobKey }) => rig.bench.contentOf(blobKey)));
  t.strictSame(contents.map(String).sort(), ['odd', 'other']);
  t.strictSame(
    results.map(({ path }) => path),
    ['\ufffd', '\ufffd'],
  );
  await rig.confirmNoHarm(t);
});
