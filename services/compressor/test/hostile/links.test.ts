import type { TaskCompleted } from '@comprimemelo/contracts/messages';
import { linkedArchives } from '@comprimemelo/testing/archives/linked';
import t from 'tap';
import { openHostileRig } from '../fixtures/hostile-rig.js';

const data = Buffer.from('plain');

t.test('links that lead out and special files are left out, and the report says so', async (t) => {
  const rig = await openHostileRig(t);
  for (const [format, archive] of Object.entries(linkedArchives(rig.canary, rig.outside))) {
    await t.test(format, async (t) => {
      const end = await rig.run({ [`a.${format}`]: archive.bytes });
      t.equal(end.type, 'task.completed');
      const { 'DEBIAN/control': _, ...contents } = await rig.contentsOf(t, end);
      const inside = format === 'tar' || format === 'deb' ? { 'hard-inside': data } : {};
      const whole = { first: data, ...inside };
      t.strictSame(contents, whole, 'what would go through a link is left out as well');
      const { report } = end as TaskCompleted;
      const count = (lost: string) => report.find((line) => line.lost === lost)?.count;
      t.equal(count('links'), archive.links);
      t.equal(count('special-files'), archive.specials);
    });
  }
  await rig.confirmNoHarm(t);
});
