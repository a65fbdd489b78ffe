import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ReadFormat, writtenFormats } from '@comprimemelo/contracts/formats';
import { foreignArchives } from '@comprimemelo/testing/archives/foreign-archives';
import { tarBytes } from '@comprimemelo/testing/archives/tar-bytes';
import { zipBytes } from '@comprimemelo/testing/archives/zip-bytes';
import { freshFolder, noise } from '@comprimemelo/testing/folders';
import t from 'tap';
import { sniffContent, sniffPayload } from '../../src/detect/detect-format.js';
import { containers } from '../../src/engines/seven-zip/container.js';
import { openSevenZip } from '../../src/engines/seven-zip/seven-zip.js';
import { filesToPack, packFiles } from '../fixtures/pack-files.js';

t.test('knows every format that is written, whatever it holds', async (t) => {
  const sevenZip = await openSevenZip();
  for (const format of writtenFormats) {
    for (const size of [0, 1, 100_000]) {
      const contents = { file: noise(size) };
      const { options } = await filesToPack(t, contents, format);
      await packFiles(sevenZip, contents, options);
      const { archive } = options;
      t.equal((await sniffContent(archive)).type, containers[format].type, `${format} of ${size}`);
    }
  }
});

t.test('knows what others write: an empty zip, a tar without a mark', async (t) => {
  const file = join(await freshFolder(t), 'a');
  await writeFile(file, zipBytes([]));
  t.strictSame(await sniffContent(file), { type: 'zip' });
  const old = tarBytes([{ name: 'a' }]);
  old.fill(0, 257, 265);
  old.write('\0'.repeat(8), 329);
  old.write('\0'.repeat(8), 337);
  old.write(' '.repeat(8), 148);
  const sum = old.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  old.write(`${sum.toString(8).padStart(6, ' ')}\0 `, 148);
  await writeFile(file, old);
  t.strictSame(await sniffContent(file), { type: 'tar' });
});

t.test('takes nothing else for an archive', async (t) => {
  const file = join(await freshFolder(t), 'a');
  const others = [
    '',
    'P',
    'PK',
    'BZh9 but not packed',
    'hello'.repeat(200),
    '\0'.repeat(1024),
    '-lh5',
    '070707x'.slice(0, 5),
  ];
  for (const other of [...others.map((text) => Buffer.from(text)), noise(1_000)]) {
    await writeFile(file, other);
    t.strictSame(await sniffContent(file), {}, other.toString('hex', 0, 10));
  }
});

/** By content, what the archives of other programs are to 7-Zip. */
const typesOf: Partial<Record<ReadFormat, readonly string[]>> = {
  'tar.gz': ['gzip'],
  gz: ['gzip'],
  'tar.bz2': ['bzip2'],
  bz2: ['bzip2'],
  'tar.xz': ['xz'],
  xz: ['xz'],
  'tar.zst': ['zstd'],
  zst: ['zstd'],
  'tar.lzma': ['lzma'],
  'tar.lz': ['lzip'],
  lz: ['lzip'],
  'tar.lz4': ['lz4'],
  'tar.Z': ['Z'],
  ar: ['plain-ar'],
  deb: ['ar'],
  rar: ['rar', 'rar5'],
};

for (const { name, format, make } of foreignArchives) {
  t.test(`${format} by ${name}`, async (t) => {
    const { type } = await sniffContent(await make(await freshFolder(t)));
    t.ok((typesOf[format] ?? [format]).includes(`${type}`), `${type}`);
  });
}

t.test('knows what 7-Zip could open and is not let to', async (t) => {
  const file = join(await freshFolder(t), 'a');
  const at = (offset: number, bytes: string) => {
    const image = Buffer.alloc(40_000);
    image.write(bytes, offset, 'latin1');
    return image;
  };
  for (const bytes of [
    at(0, 'MZ'),
    at(0, '\x7fELF'),
    at(0, 'MSWIM\0\0\0'),
    at(0, 'hsqs'),
    at(3, 'NTFS    '),
    at(510, '\x55\xaa'),
    at(1_080, '\x53\xef'),
    at(32_769, 'BEA01'),
    at(512, 'EFI PART'),
    at(0, '#!/bin/sh\nPK\x03\x04'),
  ]) {
    await writeFile(file, bytes);
    const { type, foreign } = await sniffContent(file);
    t.equal(type, undefined);
    t.type(foreign, 'string');
  }
});

t.test('an image that is bootable is an image still', async (t) => {
  const file = join(await freshFolder(t), 'a');
  const image = Buffer.alloc(40_000);
  image.write('MZ');
  image.write('CD001', 32_769);
  await writeFile(file, image);
  t.strictSame(await sniffContent(file), { type: 'iso' });
});

t.test('lzma, which has no signature, is known by a header that makes sense', async (t) => {
  const file = join(await freshFolder(t), 'a');
  const header = (first: number, dictionary: number[], data: number) =>
    Buffer.concat([Buffer.from([first, ...dictionary]), Buffer.alloc(8, 0xff), Buffer.of(data, 1)]);
  await writeFile(file, header(0x5d, [0, 0, 0x80, 0], 0));
  t.strictSame(await sniffContent(file), { type: 'lzma' });
  t.equal(await sniffPayload(file), 'lzma');
  for (const other of [
    header(0x5e, [0, 0, 0x80, 0], 0),
    header(0x5d, [1, 0, 0x80, 0], 0),
    header(0x5d, [0, 0, 0x80, 0], 7),
  ]) {
    await writeFile(file, other);
    t.strictSame(await sniffContent(file), {});
  }
});
