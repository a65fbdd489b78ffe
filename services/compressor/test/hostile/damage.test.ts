import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { type ReadFormat, readFormats } from '@comprimemelo/contracts/formats';
import { extensionOf, foreignArchives } from '@comprimemelo/testing/archives/foreign-archives';
import { type Contents, freshFolder, noise } from '@comprimemelo/testing/folders';
import t from 'tap';
import { openHostileRig } from '../fixtures/hostile-rig.js';

const corrupt = { type: 'task.failed', error: { type: '/problems/archive-corrupt' } };

/** Where a cut may pass: what must have come out nevertheless. */
const unseen: Partial<Record<ReadFormat, (cut: Contents, whole: Contents) => boolean>> = {
  // It has neither a length nor a sum.
  Z: (cut, whole) =>
    Object.entries(cut).every(([path, bytes]) => whole[path]?.indexOf(bytes) === 0),
  // Behind the files there are 300 kB of padding.
  iso: (cut, whole) => isDeepStrictEqual(cut, whole),
};

t.test('truncated and empty archives of each format', async (t) => {
  const rig = await openHostileRig(t);
  for (const format of readFormats) {
    await t.test(format, async (t) => {
      const name = `a.${extensionOf(format)}`;
      const archive = foreignArchives.find((one) => one.format === format);
      const whole = await readFile((await archive?.make(await freshFolder(t))) ?? '');
      // Off any block: a tar that is cut between two entries, or in the zeros behind the last, is one without an end.
      const cuts = [0.7, 0.5, 0.1].map((part) => Math.floor(whole.length * part) | 1);
      const others = [Buffer.alloc(0), noise(5_000)];
      const damaged = [...cuts.map((length) => whole.subarray(0, length)), ...others];
      const ends = await Promise.all(damaged.map((bytes) => rig.run({ [name]: bytes })));
      const contents = await rig.contentsOf(t, await rig.run({ [name]: whole }));
      t.ok(Object.keys(contents).length > 0, 'undamaged it is read');
      for (const [at, end] of ends.entries()) {
        const what = `${damaged[at]?.length} bytes`;
        const isUnseen = unseen[format] && at < cuts.length && end.type === 'task.completed';
        if (!isUnseen) t.match(end, corrupt, what);
        else t.ok(unseen[format]?.(await rig.contentsOf(t, end), contents), what);
      }
    });
  }
  await rig.confirmNoHarm(t);
});

/** What 7-Zip would read, and is not let to: marks and where they stand. */
const notRead: readonly (readonly [string, string, number])[] = [
  ['NTFS', '\xeb\x52\x90NTFS    ', 0],
  ['SquashFS', 'hsqs', 0],
  ['WIM', 'MSWIM\0\0\0', 0],
  ['ELF', '\x7fELF\x02\x01\x01', 0],
  ['PE', 'MZ\x90\0', 0],
  ['QCOW', 'QFI\xfb\0\0\0\x02', 0],
  ['VHDX', 'vhdxfile', 0],
  ['CramFS', '\x45\x3d\xcd\x28', 0],
  ['DMG', 'koly', 4_488],
  ['ext', '\x53\xef', 1_080],
  ['xar', 'xar!\0\x1c\0\x01', 0],
  ['Compound File', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 0],
  ['CHM', 'ITSF\x03\0\0\0', 0],
  ['FLV', 'FLV\x01', 0],
];

t.test('what is no archive that is read here', async (t) => {
  const rig = await openHostileRig(t);
  const unsupported = { type: 'task.failed', error: { type: '/problems/unsupported-archive' } };
  const tries = notRead.map(async ([name, mark, at]) => {
    const bytes = Buffer.alloc(5_000);
    bytes.write(mark, at, 'latin1');
    t.match(await rig.run({ image: bytes }), unsupported, name);
  });
  await Promise.all(tries);
  t.match(await rig.run({ text: Buffer.from('text') }), unsupported, 'text');
  await rig.confirmNoHarm(t);
});
