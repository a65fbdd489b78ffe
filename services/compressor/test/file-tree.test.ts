import { chmod, link, mkdir, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import t from 'tap';
import { readTree } from '../src/file-tree.js';
import { freshFolder } from './fixtures/folders.js';

const unsafe = (entry: string) => ({
  name: 'TaskFailure',
  problem: { type: '/problems/unsafe-entry', entry },
});

t.test('gives regular files with path and size, bytes that are no UTF-8 too', async (t) => {
  const folder = await freshFolder(t);
  await mkdir(join(folder, 'd', 'e'), { recursive: true });
  await writeFile(join(folder, 'd', 'e', 'ä'), '12345');
  await writeFile(Buffer.concat([Buffer.from(`${folder}/`), Buffer.of(0xff)]), '');
  const files = await readTree(folder);
  t.strictSame(
    files.map(({ path, size }) => [path, size]).sort(),
    [
      ['d/e/ä', 5],
      ['\ufffd', 0],
    ].sort(),
  );
  for (const { location, size } of files) t.equal((await stat(location)).size, size);
});

t.test('makes what is closed to its owner readable', async (t) => {
  const folder = await freshFolder(t);
  await mkdir(join(folder, 'd'));
  await writeFile(join(folder, 'd', 'f'), '', { mode: 0o000 });
  await chmod(join(folder, 'd'), 0o055);
  await readTree(folder);
  t.equal((await stat(join(folder, 'd'))).mode & 0o777, 0o755);
  t.equal((await stat(join(folder, 'd', 'f'))).mode & 0o777, 0o400);
});

t.test('refuses links, sockets and names that no listing shows', async (t) => {
  const soft = await freshFolder(t);
  await symlink('/etc/passwd', join(soft, 'soft'));
  await t.rejects(readTree(soft), unsafe('soft'));

  const hard = await freshFolder(t);
  await mkdir(join(hard, 'd'));
  await writeFile(join(hard, 'd', 'a'), '');
  await link(join(hard, 'd', 'a'), join(hard, 'd', 'b'));
  await t.rejects(readTree(hard), {
    name: 'TaskFailure',
    problem: { type: '/problems/unsafe-entry' },
  });

  const socket = await freshFolder(t);
  const server = createServer().listen(join(socket, 's'));
  t.teardown(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  await t.rejects(readTree(socket), unsafe('s'));

  const named = await freshFolder(t);
  await writeFile(join(named, 'a\nb'), '');
  await t.rejects(readTree(named), unsafe('a\nb'));
});
