import { chmod, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freshFolder } from '@comprimemelo/testing/folders';
import { runProgram } from '@comprimemelo/testing/programs/run-program';
import t, { type Test } from 'tap';
import { hidesRockRidge } from '../../src/detect/hidden-rock-ridge.js';

async function imageBy(t: Test, ...switches: string[]): Promise<string> {
  const [tree, folder] = [await freshFolder(t), await freshFolder(t)];
  await writeFile(join(tree, 'run'), '#!/bin/sh');
  await chmod(join(tree, 'run'), 0o755);
  await symlink('run', join(tree, 'link'));
  const image = join(folder, 'a.iso');
  await runProgram(tree, 'genisoimage', ['-quiet', ...switches, '-o', image, '.']);
  return image;
}

t.test('Joliet hides Rock Ridge, and hides nothing where there is none', async (t) => {
  t.equal(await hidesRockRidge(await imageBy(t, '-R', '-J')), true);
  t.equal(await hidesRockRidge(await imageBy(t, '-R')), false);
  t.equal(await hidesRockRidge(await imageBy(t, '-J')), false);
});

t.test('an image that is cut short, or points beyond its end, hides nothing', async (t) => {
  const folder = await freshFolder(t);
  const image = join(folder, 'a.iso');
  const volume = (kind: number) => {
    const bytes = Buffer.alloc(2_048);
    bytes.write(`${String.fromCharCode(kind)}CD001`, 'latin1');
    bytes.write('%/E', 88);
    bytes.writeUInt32LE(0xffffffff, 158);
    return bytes;
  };
  for (const volumes of [[], [volume(1)], [volume(1), volume(2)], [volume(2).subarray(0, 100)]]) {
    await writeFile(image, Buffer.concat([Buffer.alloc(32_768), ...volumes]));
    t.equal(await hidesRockRidge(image), false);
  }
});
