import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freshFolder } from '@comprimemelo/testing/folders';
import { runShell } from '@comprimemelo/testing/programs/run-program';
import type { Test } from 'tap';
import t from 'tap';
import { readCpio } from '../../../src/engines/cpio/read-cpio.js';
import { readEntries, sha256 } from '../../fixtures/read-entries.js';

const tree = `mkdir d; echo content > d/a; chmod 640 d/a; ln d/a d/b; ln -s a d/soft; mkfifo d/pipe
  : > d/empty; ln d/empty d/empty2; touch -d @1000000000 d/a\n`;

async function made(t: Test, line: string) {
  const archive = join(await freshFolder(t), 'made.cpio');
  await runShell(await freshFolder(t), tree + line, archive);
  return readEntries(archive, readCpio);
}

const content = { size: 8, sha256: sha256(Buffer.from('content\n')), mode: 0o640 };

for (const format of ['newc', 'crc', 'odc', 'bin']) {
  t.test(`${format} gives every file its bytes, mode and time`, async (t) => {
    const entries = await made(t, `find d | LC_ALL=C sort | cpio --quiet -o -H ${format} > "$1"`);
    const named = new Map(entries.map((entry) => [entry.rawPath, entry]));
    t.equal(named.size, 7);
    const holder = entries.find(({ type, size }) => type === 'file' && size > 0);
    t.match(holder, { ...content, modified: { seconds: 1_000_000_000 } });
    for (const path of ['d/a', 'd/b']) {
      const entry = named.get(path);
      const target = entry?.type === 'hardlink' ? named.get(entry.target ?? '') : entry;
      t.match(target, content, path);
    }
    for (const path of ['d/empty', 'd/empty2']) t.equal(named.get(path)?.size, 0, path);
    t.match(named.get('d/soft'), { type: 'symlink', target: 'a' });
    t.match(named.get('d/pipe'), { type: 'special' });
    t.match(named.get('d'), { type: 'directory' });
  });
}

t.test('a newc by bsdtar, which writes a file with its last name', async (t) => {
  const entries = await made(t, 'bsdtar --format=newc -cf "$1" d');
  const place = entries.findIndex(({ type, size }) => type === 'file' && size > 0);
  t.match(entries[place], content);
  t.match(entries[place + 1], { type: 'hardlink', target: entries[place]?.rawPath });
});

t.test('what is damaged or cut off is an error', async (t) => {
  const archive = join(await freshFolder(t), 'a.cpio');
  await writeFile(archive, '070701nothing of it is a number');
  await t.rejects(readEntries(archive, readCpio), { name: 'ArchiveFormatError' });
  const line = 'echo d/a | cpio --quiet -o -H newc | head -c 116 > "$1"';
  await t.rejects(made(t, line), { message: 'The archive ends before the entry does.' });
});
