import type { ArchiveSummary } from '@comprimemelo/contracts/archive';
import {
  bombSize,
  manyEntries,
  sevenBomb,
  sevenOfMany,
  zipBomb,
  zipOfMany,
} from '@comprimemelo/testing/archives/bombs';
import { greatDictionaries } from '@comprimemelo/testing/archives/great-dictionaries';
import { linkedArchives } from '@comprimemelo/testing/archives/linked';
import { overlappingZip } from '@comprimemelo/testing/archives/overlapping-zip';
import { singleEntry } from '@comprimemelo/testing/archives/single-entry';
import t from 'tap';
import { openHostileRig } from '../fixtures/hostile-rig.js';

const data = Buffer.from('x');

t.test('inspect says what is dangerous, and extracts nothing', async (t) => {
  const rig = await openHostileRig(t);
  const summaryOf = async (name: string, bytes: Buffer): Promise<Partial<ArchiveSummary>> => {
    const end = await rig.run({ [name]: bytes }, { operation: 'inspect' });
    if (end.type !== 'task.completed') throw new Error(`${name}: ${JSON.stringify(end.error)}`);
    t.strictSame(end.results, [], name);
    return end.inspections[0]?.summary ?? {};
  };
  for (const [format, build] of Object.entries(singleEntry)) {
    const summary = await summaryOf(`a.${format}`, build(`../${rig.mark}`, data));
    t.match(summary, { refused: '/problems/unsafe-entry' }, format);
    t.match(summary.dangers, [{ danger: 'traversal', count: 1 }], format);
  }
  for (const [format, { bytes, specials }] of Object.entries(
    linkedArchives(rig.canary, rig.outside),
  )) {
    const { refused, dangers = [] } = await summaryOf(`a.${format}`, bytes);
    t.equal(refused, null, `${format} is read without its links`);
    t.match(
      dangers.find(({ danger }) => danger === 'special'),
      { count: specials },
    );
    t.ok(dangers.some(({ danger }) => danger === 'link'));
  }
  const tooLarge = { refused: '/problems/archive-too-large' };
  t.match(await summaryOf('a.zip', zipBomb()), { ...tooLarge, size: bombSize });
  t.match(await summaryOf('a.7z', sevenBomb()), { ...tooLarge, size: bombSize });
  t.match(await summaryOf('a.zip', overlappingZip(200, 20_000_000)), { ...tooLarge, entries: 200 });
  t.match(await summaryOf('a.zip', zipOfMany()), { ...tooLarge, entries: manyEntries });
  t.match(await summaryOf('a.7z', sevenOfMany()), { ...tooLarge, entries: manyEntries });
  const { 'great.7z': great = data } = greatDictionaries();
  t.match(await summaryOf('a.7z', great), { refused: '/problems/archive-too-demanding' });
  await rig.confirmNoHarm(t);
});
