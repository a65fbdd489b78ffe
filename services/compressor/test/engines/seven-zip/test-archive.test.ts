import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { freshFolder, noise } from '@comprimemelo/testing/folders';
import t from 'tap';
import { openSevenZip } from '../../../src/engines/seven-zip/seven-zip.js';
import { testArchive } from '../../../src/engines/seven-zip/test-archive.js';

const sevenZip = await openSevenZip();

t.test('passes a sound archive and fails one with a single wrong bit', async (t) => {
  const archive = join(await freshFolder(t), 'a.gz');
  const options = { type: 'gzip', threads: 2, signal: new AbortController().signal } as const;
  await writeFile(archive, gzipSync(noise(100_000)));
  await t.resolves(testArchive(sevenZip, archive, options));

  const bytes = await readFile(archive);
  bytes.writeUInt8(bytes.readUInt8(50_000) ^ 1, 50_000);
  await writeFile(archive, bytes);
  await t.rejects(testArchive(sevenZip, archive, options), { name: 'SevenZipError' });
});
