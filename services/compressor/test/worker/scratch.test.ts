import { chmod, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freshFolder } from '@comprimemelo/testing/folders';
import t from 'tap';
import { openScratch } from '../../src/worker/scratch.js';

t.test('gives a directory of its own to each job and removes it', async (t) => {
  const root = join(await freshFolder(t), 'not', 'yet', 'there');
  const scratch = await openScratch(root);
  const seen = await Promise.all(
    [1, 2].map((job) =>
      scratch.use(async (directory) => {
        t.equal((await stat(directory)).mode & 0o777, 0o700);
        t.strictSame(await readdir(directory), []);
        await mkdir(join(directory, 'in'));
        await writeFile(join(directory, 'in', 'file'), `${job}`);
        return directory;
      }),
    ),
  );
  t.not(seen[0], seen[1]);
  t.strictSame(await readdir(root), []);
});

t.test('removes it when the job fails, and what the job closed to itself', async (t) => {
  const root = await freshFolder(t);
  const scratch = await openScratch(root);
  const failing = scratch.use(async (directory) => {
    const closed = join(directory, 'closed', 'inner');
    await mkdir(closed, { recursive: true });
    await writeFile(join(closed, 'file'), '');
    await chmod(closed, 0o000);
    await chmod(join(directory, 'closed'), 0o500);
    throw new Error('no');
  });
  await t.rejects(failing, { message: 'no' });
  t.strictSame(await readdir(root), []);
});

t.test('is emptied at the start of what jobs left, and of nothing else', async (t) => {
  const root = await freshFolder(t);
  const left = await openScratch(root);
  await left.use(async (directory) => {
    await writeFile(join(directory, 'file'), '');
    await mkdir(join(root, 'photos'));
    await openScratch(root);
    t.strictSame(await readdir(root), ['photos']);
  });
});
