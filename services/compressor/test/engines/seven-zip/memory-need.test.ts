import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formats, writtenFormats } from '@comprimemelo/contracts/formats';
import { levels } from '@comprimemelo/contracts/states';
import { freshFolder, noise } from '@comprimemelo/testing/folders';
import t from 'tap';
import { containers } from '../../../src/engines/seven-zip/container.js';
import { packingMemory, readingMemory } from '../../../src/engines/seven-zip/memory-need.js';
import { pack } from '../../../src/engines/seven-zip/pack.js';
import { openSevenZip } from '../../../src/engines/seven-zip/seven-zip.js';
import { extract, unwrap } from '../../../src/engines/seven-zip/unpack.js';

const mebibyte = 1024 * 1024;
const sevenZip = await openSevenZip();
const signal = new AbortController().signal;
const onPercent = () => undefined;

for (const format of writtenFormats) {
  t.test(`${format}: what is reckoned is enough, to pack and to unpack`, async (t) => {
    const folder = await freshFolder(t);
    const directory = join(folder, 'in');
    await mkdir(directory);
    const names = formats[format].singleFile ? ['a'] : ['a', 'b', 'c', 'd', 'e'];
    const content = Buffer.concat([noise(50_000), Buffer.alloc(2_000_000)]);
    for (const name of names) await writeFile(join(directory, name), content);
    for (const level of levels) {
      for (const threads of [1, 2, 8]) {
        const out = join(folder, `${level}-${threads}`);
        await mkdir(out);
        const archive = join(out, `a.${format}`);
        const size = { format, level, threads, bytes: names.length * content.length };
        const memoryBytes = packingMemory(size);
        const limits = { memoryBytes };
        await pack(sevenZip, { ...size, directory, archive, limits, signal, onPercent });
        const { type, wrapsTar } = containers[format];
        const options = { type, threads, signal, onPercent, mostBytes: 20_000_000, mostFiles: 10 };
        const reading = { ...options, memoryBytes: readingMemory(4 * mebibyte, threads) };
        const file = join(out, 'unwrapped');
        if (wrapsTar || formats[format].singleFile) {
          await unwrap(sevenZip, { archive, file }, reading);
        } else {
          await mkdir(file);
          await extract(sevenZip, { archive, folder: file }, { ...reading, lists: {} });
        }
        t.pass(`${level}, ${threads} threads: ${memoryBytes} bytes`);
      }
    }
  });
}

t.test('grows with level, threads and size, up to the dictionary of the level', async (t) => {
  const size = { format: '7z', level: 'normal', threads: 2, bytes: 300_000_000 } as const;
  const needed = packingMemory(size);
  t.ok(needed > 400 * mebibyte && needed < 600 * mebibyte, `${needed}`);
  t.equal(packingMemory({ ...size, bytes: 10_000_000_000 }), needed);
  t.ok(packingMemory({ ...size, bytes: 1_000_000 }) < 150 * mebibyte);
  t.ok(packingMemory({ ...size, level: 'best' }) > 1_400 * mebibyte);
  t.ok(packingMemory({ ...size, threads: 4 }) > 900 * mebibyte);
  t.ok(packingMemory({ ...size, format: 'zip', level: 'best' }) < 300 * mebibyte);
  t.ok(readingMemory(1024 * mebibyte, 2) > 1024 * mebibyte);
});
