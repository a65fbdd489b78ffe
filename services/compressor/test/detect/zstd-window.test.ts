import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freshFolder, noise } from '@comprimemelo/testing/folders';
import t from 'tap';
import { zstdWindow } from '../../src/detect/zstd-window.js';

t.test('reads the window of what zstd has made', async (t) => {
  const file = join(await freshFolder(t), 'a.zst');
  const windowOf = async (args: string[], input: Buffer) => {
    await writeFile(file, execFileSync('zstd', ['-qc', ...args], { input }));
    return zstdWindow(file);
  };
  t.equal(await windowOf(['-3'], noise(10)), 2 ** 21);
  t.equal(await windowOf(['-3', '--long=27'], noise(10)), 2 ** 27);
  for (const size of [10, 1_000, 100_000]) {
    const options = [`--stream-size=${size}`, '--single-thread', '-1'];
    t.ok((await windowOf(options, noise(size))) >= size, `${size}`);
  }
});

t.test('of a header that is cut, too', async (t) => {
  const file = join(await freshFolder(t), 'a.zst');
  await writeFile(file, Buffer.from('28b52ffd', 'hex'));
  t.equal(await zstdWindow(file), 1_024);
});
