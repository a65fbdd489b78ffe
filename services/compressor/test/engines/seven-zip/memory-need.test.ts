import { join } from 'node:path';
import { formats, writtenFormats } from '@comprimemelo/contracts/formats';
import { levels } from '@comprimemelo/contracts/states';
import { noise } from '@comprimemelo/testing/folders';
import t from 'tap';
import { containers } from '../../../src/engines/seven-zip/container.js';
import { packingMemory, readingMemory } from '../../../src/engines/seven-zip/memory-need.js';
import { openSevenZip } from '../../../src/engines/seven-zip/seven-zip.js';
import { unwrap } from '../../../src/engines/seven-zip/unwrap.js';
import { filesToPack, packFiles } from '../../fixtures/pack-files.js';
import { contentsOf } from '../../fixtures/read-contents.js';

const mebibyte = 1024 * 1024;
const sevenZip = await openSevenZip();
const signal = new AbortController().signal;

for (const format of writtenFormats) {
  t.test(`${format}: what is reckoned is enough, to pack and to unpack`, async (t) => {
    const names = formats[format].singleFile ? ['a'] : ['a', 'b', 'c', 'd', 'e'];
    const content = Buffer.concat([noise(50_000), Buffer.alloc(2_000_000)]);
    const contents = Object.fromEntries(names.map((name) => [name, content]));
    const { folder, options: packing } = await filesToPack(t, contents, format);
    for (const level of levels) {
      for (const threads of [1, 2, 8]) {
        const archive = join(folder, `${level}-${threads}.${format}`);
        const memoryBytes = packingMemory({ ...packing, level, threads });
        const limits = { memoryBytes };
        await packFiles(sevenZip, contents, { ...packing, archive, level, threads, limits });
        const { type, wrapsTar } = containers[format];
        const reading = { type, threads, memoryBytes: readingMemory(4 * mebibyte, threads) };
        if (wrapsTar || formats[format].singleFile) {
          const options = { ...reading, signal, onPercent: () => undefined, mostBytes: 20_000_000 };
          await unwrap(sevenZip, { archive, file: `${archive}.out` }, options);
        } else {
          await contentsOf(sevenZip, archive, reading);
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
