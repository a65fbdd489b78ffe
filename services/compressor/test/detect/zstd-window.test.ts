import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freshFolder, noise } from '@comprimemelo/testing/folders';
import t from 'tap';
import { sniffContent } from '../../src/detect/detect-format.js';
import { zstdFrameStart, zstdWindow } from '../../src/detect/zstd-window.js';

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

t.test('behind the frame that pzstd writes first', async (t) => {
  const folder = await freshFolder(t);
  const [plain, file] = [join(folder, 'a'), join(folder, 'a.zst')];
  await writeFile(plain, noise(1_000));
  execFileSync('pzstd', ['-q', '-3', plain, '-o', file]);
  const bytes = await readFile(file);
  t.equal(bytes.readUInt32LE(0), 0x184d2a50, 'a skippable frame');
  t.ok((zstdFrameStart(bytes) ?? 0) > 0);
  t.match(await sniffContent(file), { type: 'zstd' });
  t.ok((await zstdWindow(file)) >= 1_000);
});

t.test('frames that are skipped alone are no zstd: lz4 has them, too', async (t) => {
  const skipped = Buffer.from('502a4d1804000000ffffffff', 'hex');
  t.equal(zstdFrameStart(skipped), undefined);
  t.equal(zstdFrameStart(Buffer.concat([skipped, Buffer.from('04224d18', 'hex')])), undefined);
});

t.test('of a header that is cut, too', async (t) => {
  const file = join(await freshFolder(t), 'a.zst');
  await writeFile(file, Buffer.from('28b52ffd', 'hex'));
  t.equal(await zstdWindow(file), 1_024);
});
