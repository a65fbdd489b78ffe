import { gzipSync } from 'node:zlib';
import {
  bombOf,
  gzipBomb,
  sevenBomb,
  sevenOfMany,
  tarOfMany,
  zipBomb,
  zipOfMany,
} from '@comprimemelo/testing/archives/bombs';
import { overlappingZip } from '@comprimemelo/testing/archives/overlapping-zip';
import { zipBytes } from '@comprimemelo/testing/archives/zip-bytes';
import t, { type Test } from 'tap';
import { type HostileRig, openHostileRig, smallLimits } from '../fixtures/hostile-rig.js';

const tooLarge = { type: 'task.failed', error: { type: '/problems/archive-too-large' } };

/** Those that say how much they hold end by the limits of any worker, before anything is read. */
const declared: Record<string, () => Buffer> = {
  'bomb.zip': () => zipBomb(),
  'bomb.7z': sevenBomb,
  'overlapping.zip': () => overlappingZip(200, 20_000_000),
};

/** Each holds more zeros than may come out, or more entries than are taken. */
const bombs: Record<string, () => Buffer> = {
  ...declared,
  'bomb.gz': gzipBomb,
  'members.gz': () => bombOf('gzip'),
  'streams.bz2': () => bombOf('bzip2'),
  'streams.xz': () => bombOf('xz'),
  'frames.zst': () => bombOf('zstd'),
  'many.zip': zipOfMany,
  'many.7z': sevenOfMany,
  'many.tar.gz': tarOfMany,
};

async function stopAll(t: Test, rig: HostileRig, all: typeof bombs): Promise<void> {
  for (const [name, build] of Object.entries(all)) {
    await t.test(name, async (t) => {
      const bytes = build();
      const convert = { operation: 'convert', format: 'tar' } as const;
      const ends = [rig.run({ [name]: bytes }), rig.run({ [name]: bytes }, convert)];
      for (const end of await Promise.all(ends)) t.match(end, tooLarge);
    });
  }
  await rig.confirmNoHarm(t);
}

t.test('bombs are stopped', async (t) => stopAll(t, await openHostileRig(t, smallLimits), bombs));

t.test('those that say what they hold are stopped by the limits as they are', async (t) =>
  stopAll(t, await openHostileRig(t), declared),
);

/** A zip in a zip in a zip, ten wide: each level holds ten times what the one inside holds. */
function nestedZip(levels: number): Buffer {
  if (levels === 0) return zipBytes([{ name: 'zeros', data: Buffer.alloc(1_000_000) }]);
  const inner = nestedZip(levels - 1);
  return zipBytes(Array.from({ length: 10 }, (_, at) => ({ name: `${at}.zip`, data: inner })));
}

t.test('of archives in archives one level is opened', async (t) => {
  const rig = await openHostileRig(t);
  const end = await rig.run({ 'nested.zip': nestedZip(5) });
  const contents = await rig.contentsOf(t, end);
  const names = Array.from({ length: 10 }, (_, at) => `${at}.zip`);
  t.strictSame(Object.keys(contents).sort(), names);
  t.strictSame(contents['0.zip'], nestedZip(4));
  const wrapped = gzipSync(gzipSync(Buffer.from('inside')));
  const unwrapped = await rig.run({ 'a.txt.gz.gz': wrapped });
  t.strictSame(Object.keys(await rig.contentsOf(t, unwrapped)), ['a.txt.gz']);
  await rig.confirmNoHarm(t);
});
