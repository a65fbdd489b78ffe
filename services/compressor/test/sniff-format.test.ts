import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writtenFormats } from '@comprimemelo/contracts/formats';
import t from 'tap';
import { containers } from '../src/seven-zip/container.js';
import { pack } from '../src/seven-zip/pack.js';
import { openSevenZip } from '../src/seven-zip/seven-zip.js';
import { sniffContainer } from '../src/sniff-format.js';
import { freshFolder, noise } from './fixtures/folders.js';
import { tarBytes } from './fixtures/tar-bytes.js';
import { zipBytes } from './fixtures/zip-bytes.js';

t.test('knows every format that is written, whatever it holds', async (t) => {
  const sevenZip = await openSevenZip();
  for (const format of writtenFormats) {
    for (const size of [0, 1, 100_000]) {
      const folder = await freshFolder(t);
      const archive = join(await freshFolder(t), `a.${format}`);
      await writeFile(join(folder, 'file'), noise(size));
      const { signal } = new AbortController();
      const options = { directory: folder, archive, format, level: 'normal', threads: 1 } as const;
      await pack(sevenZip, { ...options, signal, onPercent: () => undefined });
      t.equal(await sniffContainer(archive), containers[format].type, `${format} of ${size}`);
    }
  }
});

t.test('knows what others write: an empty zip, a tar without a mark', async (t) => {
  const file = join(await freshFolder(t), 'a');
  await writeFile(file, zipBytes([]));
  t.equal(await sniffContainer(file), 'zip');
  const old = tarBytes([{ name: 'a' }]);
  old.fill(0, 257, 265);
  old.write('\0'.repeat(8), 329);
  old.write('\0'.repeat(8), 337);
  old.write(' '.repeat(8), 148);
  const sum = old.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  old.write(`${sum.toString(8).padStart(6, ' ')}\0 `, 148);
  await writeFile(file, old);
  t.equal(await sniffContainer(file), 'tar');
});

t.test('takes nothing else for an archive', async (t) => {
  const file = join(await freshFolder(t), 'a');
  const others = ['', 'P', 'PK', 'BZh9 but not packed', 'hello'.repeat(200), '\0'.repeat(1024)];
  for (const other of [...others.map((text) => Buffer.from(text)), noise(1_000)]) {
    await writeFile(file, other);
    t.equal(await sniffContainer(file), undefined, other.toString('hex', 0, 10));
  }
});
