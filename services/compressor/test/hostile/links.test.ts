import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TaskCompleted } from '@comprimemelo/contracts/messages';
import { linkedArchives } from '@comprimemelo/testing/archives/linked';
import { tarBytes } from '@comprimemelo/testing/archives/tar-bytes';
import { freshFolder } from '@comprimemelo/testing/folders';
import t, { type Test } from 'tap';
import { type HostileRig, openHostileRig } from '../fixtures/hostile-rig.js';
import { readTarByPython, readZipByPython } from '../fixtures/programs/python-readers.js';

const data = Buffer.from('plain');
const hasHardLinks: readonly string[] = ['tar', 'deb'];

/** Converts, and has Python read the result: paths, types and targets of what is no part of a package's description. */
async function converted(
  t: Test,
  rig: HostileRig,
  archive: Record<string, Buffer>,
  format: 'tar' | 'zip',
) {
  const end = await rig.run(archive, { operation: 'convert', format });
  if (end.type !== 'task.completed') throw new Error(JSON.stringify(end));
  const location = join(await freshFolder(t), 'result');
  await writeFile(location, await rig.bench.contentOf(end.results[0]?.blobKey ?? ''));
  const read = await (format === 'tar' ? readTarByPython : readZipByPython)(location);
  const entries = read.filter(({ path }) => !path.startsWith('DEBIAN'));
  const counts = Object.fromEntries(end.report.map(({ lost, count }) => [lost, count]));
  return { counts, entries: entries.map(({ path, type, target }) => [path, type, target]) };
}

t.test('links that lead out and special files are left out, and the report says so', async (t) => {
  const rig = await openHostileRig(t);
  for (const [format, archive] of Object.entries(linkedArchives(rig.canary, rig.outside))) {
    await t.test(format, async (t) => {
      const input = { [`a.${format}`]: archive.bytes };
      const end = await rig.run(input);
      t.equal(end.type, 'task.completed');
      const { 'DEBIAN/control': _, ...contents } = await rig.contentsOf(t, end);
      const inside = hasHardLinks.includes(format) ? { 'hard-inside': data } : {};
      const whole = { first: data, ...inside, 'dir/through': data };
      t.strictSame(contents, whole, 'what lies below a link is a file in a folder of its own');
      const { report } = end as TaskCompleted;
      const count = (lost: string) => report.find((line) => line.lost === lost)?.count;
      t.equal(count('links'), archive.links);
      t.equal(count('special-files'), archive.specials);
      for (const target of ['tar', 'zip'] as const) {
        const { entries, counts } = await converted(t, rig, input, target);
        const isLink = target === 'tar' ? ['hardlink', 'first'] : ['file', ''];
        const linked = hasHardLinks.includes(format) ? [['hard-inside', ...isLink]] : [];
        const files = [['first', 'file', ''], ...linked, ['dir/through', 'file', '']];
        t.strictSame(entries, files, `no link and no special file is in the ${target}`);
        t.match(counts, { links: archive.links, 'special-files': archive.specials }, target);
      }
    });
  }
  await rig.confirmNoHarm(t);
});

/** Symbolic links that lead out through others, or by what one system takes for a name and another for folders. */
const detours: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'through a link to the top': [
    ['d/top', '..'],
    ['d/out', 'top/../x'],
  ],
  'through a link to itself': [
    ['here', '.'],
    ['out', 'here/../x'],
  ],
  'through a link in other letters': [
    ['Here', '.'],
    ['out', 'hERE/../x'],
  ],
  'through a link that comes later': [
    ['out', 'late/../x'],
    ['late', '.'],
  ],
  'through a link of a link': [
    ['d/e/top', '../..'],
    ['d/again', 'e/top'],
    ['out', 'd/again/../x'],
  ],
  'by a backslash in a name': [['out', 'a\\b/../../x']],
};

t.test('a link that leads out by a detour is left out by convert', async (t) => {
  const rig = await openHostileRig(t);
  const harmless = ['d/f/up', '../g/../../first'] as const;
  for (const [what, links] of Object.entries(detours)) {
    const bytes = tarBytes([
      { name: 'first', data },
      ...[harmless, ...links].map(([name, link]) => ({ name, type: '2', link })),
    ]);
    const kept = [harmless, ...links.filter(([name]) => !name.endsWith('out'))];
    for (const format of ['tar', 'zip'] as const) {
      const { entries, counts } = await converted(t, rig, { 'a.tar': bytes }, format);
      const symlinks = kept.map(([path, target]) => [path, 'symlink', target]);
      t.strictSame(entries, [['first', 'file', ''], ...symlinks], `${what}, to ${format}`);
      t.strictSame(counts, { links: 1 });
    }
  }
  await rig.confirmNoHarm(t);
});
