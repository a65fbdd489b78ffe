import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { prepareDisk } from '../src/disk-layout.js';

const parent = await mkdtemp(join(tmpdir(), 'layout-'));
t.teardown(() => rm(parent, { recursive: true }));

t.test('every directory that a blob can lie in is made, above the root too', async (t) => {
  const root = join(parent, 'not', 'there', 'yet');
  const layout = await prepareDisk(root);
  t.equal(layout.root, root);
  t.equal(layout.incoming, join(root, 'tmp'));
  for (const area of ['uploads', 'results']) {
    const names = await readdir(join(root, area));
    t.equal(names.length, 256);
    t.match(names.sort(), { 0: '00', 255: 'ff' });
  }
});

t.test('again: blobs stay, what was being received goes', async (t) => {
  const root = join(parent, 'again');
  await prepareDisk(root);
  await writeFile(join(root, 'uploads', 'ab', 'blob'), 'x');
  await writeFile(join(root, 'tmp', 'half'), 'x');
  await prepareDisk(root);
  t.same(await readdir(join(root, 'uploads', 'ab')), ['blob']);
  t.same(await readdir(join(root, 'tmp')), []);
});

t.test('a link on the way to blobs is refused', async (t) => {
  const elsewhere = join(parent, 'elsewhere');
  await mkdir(elsewhere);
  for (const path of ['uploads', 'tmp', 'results/00']) {
    const root = join(parent, path.replace('/', '-'));
    await mkdir(join(root, path, '..'), { recursive: true });
    await symlink(elsewhere, join(root, path));
    await t.rejects(prepareDisk(root), { message: `${join(root, path)} is not a directory` });
  }
});

t.test('the root itself may be a link', async (t) => {
  await mkdir(join(parent, 'real'));
  await symlink(join(parent, 'real'), join(parent, 'link'));
  t.equal((await prepareDisk(join(parent, 'link'))).root, join(parent, 'real'));
});
