import { stat } from 'node:fs/promises';
import type { WrittenFormat } from '@comprimemelo/contracts/formats';
import { levels } from '@comprimemelo/contracts/states';
import { type Contents, noise } from '@comprimemelo/testing/folders';
import t, { type Test } from 'tap';
import type { RunningJob } from '../../src/job/running-job.js';
import { compress } from '../../src/operations/compress.js';
import { localJob } from '../fixtures/running-job.js';

const words = ['alpha', 'beta', 'gamma', 'delta', 'of', 'the', 'and', 'to', 'level', 'archive'];

/** Text of some 1.2 MB and numbers of 400 kB, in which an encoder that looks longer finds more. */
function contents(): Contents {
  const text = Array.from(noise(200_000), (byte, at) => {
    const word = words[byte % words.length] ?? '';
    return byte % 11 === 0 ? `${word}-${at % 9_777}\n` : `${word} `;
  });
  const numbers = noise(400_000, 2).map((byte, at) => (at % 4 === 0 ? byte : byte % 8));
  return { 'a.txt': Buffer.concat([Buffer.from(text.join('')), numbers]) };
}

/** Bytes of the result at each level, from fastest to best. */
async function sizesOf(
  t: Test,
  format: WrittenFormat,
  difference: Partial<RunningJob> = {},
): Promise<number[]> {
  const sizes: number[] = [];
  for (const level of levels) {
    const { running, inputs } = await localJob(t, contents(), { format, options: { level } });
    const { files } = await compress({ ...running, ...difference }, inputs);
    sizes.push((await stat(`${files[0]?.location}`)).size);
  }
  return sizes;
}

/** Four sizes, the first the largest. Encoders of two kinds may be even at the end: bzip2 by lbzip2 and by 7-Zip. */
function checkSizes(t: Test, sizes: readonly number[]): void {
  const [fastest, fast = 0, ...better] = sizes;
  t.comment(sizes.join(', '));
  t.equal(new Set(sizes).size, levels.length, 'no two are equal');
  t.equal(fastest, Math.max(...sizes), 'fastest is the largest');
  for (const size of better) t.ok(size < fast, 'normal and best are smaller than fast');
}

for (const format of ['zip', '7z', 'gz', 'tar.gz', 'bz2', 'xz', 'zst'] as const) {
  t.test(`levels of ${format} differ`, async (t) => checkSizes(t, await sizesOf(t, format)));
}

for (const format of ['zip', 'tar.gz', 'tar.bz2'] as const) {
  t.test(`levels of ${format} differ where there is no encoder but 7-Zip and zlib`, async (t) =>
    checkSizes(t, await sizesOf(t, format, { encoders: {} })),
  );
}

t.test('levels of an encrypted zip differ', async (t) =>
  checkSizes(t, await sizesOf(t, 'zip', { password: 'secret' })),
);
