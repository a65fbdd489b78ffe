import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freshFolder } from '@comprimemelo/testing/folders';
import t, { type Test } from 'tap';
import type { UnpackedEntry } from '../../src/extract/unpacked-entry.js';
import { createLossReport } from '../../src/job/loss-report.js';
import { layOut } from '../../src/pack/file-tree.js';

async function laidOut(t: Test, entries: readonly UnpackedEntry[]) {
  const folder = await freshFolder(t);
  const report = createLossReport();
  await layOut(entries, { folder, owned: true, report });
  const stats = await Promise.all(
    entries.map(({ path }) => stat(join(folder, path), { bigint: true })),
  );
  return { stats, report: report.lines() };
}

async function contents(t: Test, name: string): Promise<{ location: string; size: number }> {
  const folder = join(await freshFolder(t), 'contents');
  await mkdir(folder);
  const location = join(folder, name);
  await writeFile(location, 'x');
  return { location, size: 1 };
}

const times = [
  { seconds: 268_435_456, nanoseconds: 999_999_976 },
  { seconds: 4_133_980_799, nanoseconds: 999_999_999 },
  { seconds: 1_609_556_646, nanoseconds: 123_456_789 },
  { seconds: 1_609_556_646, nanoseconds: 0 },
  { seconds: 0, nanoseconds: 1_000 },
  { seconds: -1, nanoseconds: 0 },
  { seconds: -2, nanoseconds: 500_000_000 },
];

t.test('times are those of the entries, to the microsecond, before 1970 too', async (t) => {
  const entries: UnpackedEntry[] = [];
  for (const [at, modified] of times.entries()) {
    const file = await contents(t, 'x');
    entries.push({ kind: 'file', path: `${at}`, mode: 0o600, modified, ...file });
    entries.push({ kind: 'directory', path: `d${at}`, mode: 0o700, modified });
  }
  const { stats, report } = await laidOut(t, entries);
  t.strictSame(report, []);
  for (const [at, { modified }] of entries.entries()) {
    const wanted =
      BigInt(modified?.seconds ?? 0) * 1_000_000_000n + BigInt(modified?.nanoseconds ?? 0);
    const off = (stats[at]?.mtimeNs ?? 0n) - (wanted - (wanted % 1_000n));
    t.ok(off >= 0n && off < 1_000n, `${wanted} ns, and ${off}`);
  }
});

t.test('what nobody may read is given to its owner, and reported', async (t) => {
  const base = { modified: undefined };
  const modes = [0o000, 0o244, 0o400, 0o777] as const;
  const files: UnpackedEntry[] = [];
  for (const mode of modes) {
    files.push({ ...base, kind: 'file', path: `f${mode}`, mode, ...(await contents(t, 'x')) });
  }
  const folders: UnpackedEntry[] = [0o000, 0o600, 0o700].map((mode) => ({
    ...{ ...base, kind: 'directory', path: `d${mode}`, mode },
  }));
  const unknown: UnpackedEntry = { ...base, kind: 'directory', path: 'unknown', mode: undefined };
  const { stats, report } = await laidOut(t, [...files, ...folders, unknown]);
  t.strictSame(
    stats.map(({ mode }) => Number(mode & 0o777n)),
    [0o400, 0o644, 0o400, 0o777, 0o700, 0o700, 0o700, 0o755],
  );
  t.match(report, [{ lost: 'modes', count: 4, entries: ['f0', 'f164', 'd0', 'd384'] }]);
});
