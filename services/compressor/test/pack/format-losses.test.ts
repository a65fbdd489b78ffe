import type { WrittenFormat } from '@comprimemelo/contracts/formats';
import t from 'tap';
import { createLossReport } from '../../src/job/loss-report.js';
import { reportLosses } from '../../src/pack/format-losses.js';

const file = (path: string, executable = false) => ({
  path,
  rawPath: path,
  location: Buffer.from(path),
  size: 1,
  executable,
});

function lost(format: WrittenFormat, tree: Parameters<typeof reportLosses>[0]) {
  const report = createLossReport();
  reportLosses(tree, format, report);
  return report.lines().map(({ lost, entries }) => [lost, ...entries]);
}

t.test('a single file has no place and no permissions; gz keeps its time', async (t) => {
  const tree = { files: [file('d/run', true)], directories: ['d', 'empty'] };
  const common = [
    ['modes', 'd/run'],
    ['directories', 'd', 'empty'],
  ];
  t.strictSame(lost('gz', tree).sort(), [...common].sort());
  for (const format of ['bz2', 'xz'] as const) {
    const more = [...common, ['names', 'd/run'], ['times', 'd/run']];
    t.strictSame(lost(format, tree).sort(), more.sort());
  }
});

t.test('archives keep them; 7z has no names that are no text', async (t) => {
  const tree = { files: [file('caf\ufffd', true)], directories: ['d'] };
  for (const format of ['zip', 'tar', 'tar.gz', 'tar.bz2', 'tar.xz'] as const) {
    t.strictSame(lost(format, tree), []);
  }
  t.strictSame(lost('7z', tree), [['names', 'caf\ufffd']]);
});
