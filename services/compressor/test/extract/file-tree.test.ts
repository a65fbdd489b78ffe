import { chmod, link, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { freshFolder } from '@comprimemelo/testing/folders';
import t from 'tap';
import { readTree } from '../../src/extract/file-tree.js';
import { createLossReport } from '../../src/job/loss-report.js';
import { failure } from '../fixtures/problems.js';

t.test('gives regular files and directories, bytes that are no UTF-8 too', async (t) => {
  const folder = await freshFolder(t);
  await mkdir(join(folder, 'd', 'e'), { recursive: true });
  await writeFile(join(folder, 'd', 'e', 'ä'), '12345', { mode: 0o755 });
  await writeFile(Buffer.concat([Buffer.from(`${folder}/`), Buffer.of(0xff)]), '');
  const { files, directories } = await readTree(folder, createLossReport());
  t.strictSame(directories, ['d', 'd/e']);
  t.strictSame(
    files.map(({ path, rawPath, size, executable }) => [path, rawPath, size, executable]).sort(),
    [
      ['d/e/ä', 'd/e/\xc3\xa4', 5, true],
      ['\ufffd', '\xff', 0, false],
    ],
  );
  for (const { location, size } of files) t.equal((await stat(location)).size, size);
});

t.test('makes what is closed to its owner readable', async (t) => {
  const folder = await freshFolder(t);
  await mkdir(join(folder, 'd'));
  await writeFile(join(folder, 'd', 'f'), '', { mode: 0o000 });
  await chmod(join(folder, 'd'), 0o055);
  await readTree(folder, createLossReport());
  t.equal((await stat(join(folder, 'd'))).mode & 0o777, 0o755);
  t.equal((await stat(join(folder, 'd', 'f'))).mode & 0o777, 0o400);
});

t.test('removes and reports links and sockets', async (t) => {
  const folder = await freshFolder(t);
  await symlink('/etc/passwd', join(folder, 'soft'));
  await symlink('/etc', join(folder, 'folder'));
  const server = createServer().listen(join(folder, 'socket'));
  t.teardown(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  await writeFile(join(folder, 'fine'), '');
  const report = createLossReport();
  t.match(await readTree(folder, report), { files: [{ path: 'fine' }], directories: [] });
  t.strictSame(await readdir(folder), ['fine']);
  t.match(report.lines(), [
    { lost: 'links', count: 2, entries: ['folder', 'soft'] },
    { lost: 'special-files', count: 1, entries: ['socket'] },
  ]);
});

t.test('of several names of one file one is kept', async (t) => {
  const folder = await freshFolder(t);
  await mkdir(join(folder, 'd'));
  await writeFile(join(folder, 'd', 'a'), 'x');
  await link(join(folder, 'd', 'a'), join(folder, 'd', 'b'));
  const report = createLossReport();
  const { files } = await readTree(folder, report);
  t.equal(files.length, 1);
  t.equal((await readdir(join(folder, 'd'))).length, 1);
  t.match(report.lines(), [{ lost: 'links', count: 1 }]);
});

t.test('what has a name outside the folder is not taken, and stays as it is there', async (t) => {
  const [folder, outside] = [await freshFolder(t), join(await freshFolder(t), 'host')];
  await writeFile(outside, 'secret', { mode: 0o200 });
  await link(outside, join(folder, 'a'));
  await link(outside, join(folder, 'b'));
  const report = createLossReport();
  t.strictSame((await readTree(folder, report)).files, []);
  t.match(report.lines(), [{ lost: 'links', count: 2 }]);
  t.strictSame(await readdir(folder), []);
  t.equal((await stat(outside)).mode & 0o777, 0o200);
  t.equal(await readFile(outside, 'utf8'), 'secret');
});

t.test('refuses names that no listing shows', async (t) => {
  const folder = await freshFolder(t);
  await writeFile(join(folder, 'a\nb'), '');
  await t.rejects(readTree(folder, createLossReport()), failure('unsafe-entry', 'a\nb'));
});
